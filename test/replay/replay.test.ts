import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { stateTables } from '../../domain/flows/index.ts';
import { edgesOf } from '../../domain/flows/state-table.ts';
import { workflowBundle } from '../support/time-skipping.ts';
import { committedHistories, edgesWalked } from './committed-histories.ts';

// The planted change is told of loudly.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

/** The names of the histories that don't fit the code of `bundle`. */
async function misfits(bundle: WorkflowBundleOption): Promise<string[]> {
  const histories = committedHistories.map(({ name, history }) => ({ workflowId: name, history }));
  const found: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, histories)) {
    if (error !== undefined) found.push(workflowId);
  }
  return found.sort();
}

test('every committed history replays on the current code', async () => {
  expect(await misfits(workflowBundle())).toEqual([]);
});

test('a change that would break running flows is caught', async () => {
  const planted = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('planted/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });

  const found = await misfits(planted);

  const otps = committedHistories.map(({ name }) => name).filter((name) => name.startsWith('otp.'));
  expect(found).toEqual(otps.sort());
});

test.each(stateTables)('every edge of $name stands in a committed history', (table) => {
  const walked = committedHistories
    .map(({ history }) => edgesWalked(history))
    .filter(({ flow }) => flow === table.name)
    .flatMap(({ edges }) => edges);

  expect(walked).toEqual(expect.arrayContaining(edgesOf(table)));
});

test('no committed history walks an edge that its table does not draw', () => {
  const drawn = stateTables.flatMap((table) => edgesOf(table).map((edge) => ({ flow: table.name, ...edge })));

  const walked = committedHistories.flatMap(({ history }) => {
    const { flow, edges } = edgesWalked(history);
    return edges.map((edge) => ({ flow, ...edge }));
  });

  expect(drawn).toEqual(expect.arrayContaining(walked));
});
