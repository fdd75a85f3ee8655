import { expect, test } from 'vitest';
import { closingLine, failedLines, total, type Counts } from '../../scripts/test/counts.ts';

const quick: Counts = {
  projects: { unit: { passed: 3, failed: 0, skipped: 0 }, flows: { passed: 2, failed: 1, skipped: 0 } },
  otherFailures: 0,
  failures: ['FAILED test/workflows/a.test.ts > a timer: too late'],
};

test('the closing line adds all runs up', () => {
  const faults: Counts = { projects: { faults: { passed: 4, failed: 0, skipped: 0 } }, otherFailures: 1, failures: [] };

  expect(closingLine(total([quick, faults], ['unit', 'flows', 'faults']))).toBe('9 passed, 2 failed');
});

test('a project that ran nothing is a failure', () => {
  const result = total([quick], ['unit', 'flows', 'journeys']);

  expect(result).toMatchObject({ failed: 2, empty: ['journeys'] });
});

test('skipped tests alone are no run', () => {
  const skipped: Counts = {
    projects: { attacks: { passed: 0, failed: 0, skipped: 9 } },
    otherFailures: 0,
    failures: [],
  };

  expect(closingLine(total([skipped], ['attacks']))).toBe('0 passed, 1 failed, 9 skipped');
});

test('what failed is told in one place', () => {
  const runs = [quick, { projects: {}, otherFailures: 1, failures: ['FAILED outside any test: lost'] }];

  expect(failedLines(runs, total(runs, ['unit', 'journeys']))).toEqual([
    'FAILED test/workflows/a.test.ts > a timer: too late',
    'FAILED outside any test: lost',
    'No test ran in journeys: counted as failed.',
  ]);
});
