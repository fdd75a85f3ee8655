/** How a test run ended, project by project. */
export interface ProjectCounts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Counts {
  projects: Record<string, ProjectCounts>;
  /** Errors that belong to no test: each counts as one failed. */
  otherFailures: number;
  /** What failed, a line each, in the order it ran. */
  failures: string[];
}

export interface Total extends ProjectCounts {
  /** Projects that were asked for and ran no test: that is a failure too. */
  empty: string[];
}

/** Adds runs up. @param asked the projects that had to run. */
export function total(runs: Counts[], asked: readonly string[]): Total {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const executed = new Set<string>();
  for (const { projects, otherFailures } of runs) {
    sum.failed += otherFailures;
    for (const [name, { passed, failed, skipped }] of Object.entries(projects)) {
      sum.passed += passed;
      sum.failed += failed;
      sum.skipped += skipped;
      if (passed + failed > 0) executed.add(name);
    }
  }
  const empty = asked.filter((name) => !executed.has(name));
  return { ...sum, failed: sum.failed + empty.length, empty };
}

/** What failed in all runs, to stand right before the closing line: after half an hour of output nobody looks for it further up. */
export const failedLines = (runs: Counts[], { empty }: Total): string[] => [
  ...runs.flatMap(({ failures }) => failures),
  ...empty.map((name) => `No test ran in ${name}: counted as failed.`),
];

/** The plain line that closes a run. */
export function closingLine({ passed, failed, skipped }: ProjectCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
