/** Tells scripts/test.ts how many tests of each project passed and failed; people read vitest's own reporter. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import type { Counts } from '../../scripts/test/counts.ts';

export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const path = process.env['TEST_COUNTS_FILE'];
    if (path === undefined) return;
    const counts: Counts = {
      projects: {},
      otherFailures: unhandled.length,
      failures: unhandled.map((error) => `FAILED outside any test: ${firstLineOf(error)}`),
    };
    for (const module of modules) {
      const project = (counts.projects[module.project.name] ??= { passed: 0, failed: 0, skipped: 0 });
      const results = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of results) {
        if (state === 'pending') project.skipped += 1;
        else project[state] += 1;
      }
      for (const test of module.children.allTests('failed'))
        counts.failures.push(
          `FAILED ${module.relativeModuleId} > ${test.fullName}: ${firstLineOf(test.result().errors?.[0])}`,
        );
      // A file that can't be loaded, or whose hooks fail, has no failed test of its own.
      if (module.state() === 'failed' && !results.includes('failed')) {
        project.failed += 1;
        counts.failures.push(`FAILED ${module.relativeModuleId}: ${firstLineOf(module.errors()[0])}`);
      }
    }
    writeFileSync(path, JSON.stringify(counts));
  }
}

const firstLineOf = (error: unknown): string =>
  (error as Partial<Error> | undefined)?.message?.split('\n')[0] ?? 'no message';
