/** What a run of all faults measured, as the table of docs/proofs. */
import { writeProofFile } from '../support/proof.ts';

export interface Measured {
  fault: string;
  name: string;
  counts: number;
  /** What went wrong; absent: nothing. */
  failure?: string;
  recoveriesMs: number[];
}

const TITLES: Record<string, string> = {
  F01: 'kill -9 worker at every activity boundary',
  F02: 'kill -9 worker at random times, 20 flows open',
  F03: 'kill -9 web in a submission, at four points',
  F04: 'kill -9 web around the step that uses up a password, code or link',
  F05: 'kill -9 Temporal, idle and under load',
  F06: 'kill -9 postmaster, kill -9 one backend',
  F09: 'mail server down for 10 minutes (shortened runs: 30 s)',
  F10: 'mail server slow, and silent after DATA',
  F11: 'greylisting for 5 minutes (shortened runs: 15 s), a 4xx at each command',
  F12: '550, 552, 554 at RCPT TO and DATA',
  F14: 'clocks of web and worker 2 hours and a day off, and drifting',
  F15: 'year end, 29 February, month end on the time-skipping server',
  F19: 'double submit, 10 clicks, Back and resubmit, reload',
  F21: 'answer lost, pressed again with the same key',
};

/** The table of a run, as Markdown rows. */
export function table(measured: Measured[]): string {
  const faults = [...new Set(measured.map(({ fault }) => fault))].sort();
  const rows = faults.map((fault) => {
    const mine = measured.filter((each) => each.fault === fault);
    const recoveries = mine.flatMap(({ recoveriesMs }) => recoveriesMs).sort((a, b) => a - b);
    const runs = mine.reduce((sum, { counts }) => sum + counts, 0);
    const failures = mine.filter(({ failure }) => failure !== undefined).length;
    return `| ${fault} | ${TITLES[fault] ?? ''} | ${runs} | ${failures} | ${seconds(middle(recoveries))} | ${seconds(recoveries.at(-1))} |`;
  });
  return [
    '| fault | what | runs | failures | median recovery | longest |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const middle = (sorted: number[]): number | undefined => sorted[Math.floor(sorted.length / 2)];

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

/** Writes docs/proofs/faults-<date>.md. @returns its path */
export function writeProof(measured: Measured[], seed: number, minutes: number): string {
  const failed = measured.filter(({ failure }) => failure !== undefined);
  return writeProofFile({
    name: 'faults',
    title: 'Faults',
    lines: [
      `Seed: ${seed} (\`FAULT_SEED=${seed} npm run faults -- --full\`). ${Math.round(minutes)} minutes.`,
      '',
      table(measured),
      '',
      'Recovery: from the death (F09–F11: from the mail server’s return) until every row that was begun had gone on and the site said it was ready. After each run the invariant',
      'checker looked at everything. 0 failures in n runs bound the chance of a failure per run below 3/n at 95 %.',
      ...(failed.length === 0
        ? []
        : ['', '## Failures', '', ...failed.map(({ fault, name, failure }) => `- ${fault} ${name}: ${failure ?? ''}`)]),
    ],
  });
}
