/**
 * `npm run bench [names…]`: what the site costs, as ratios against the bare parts it is made of. `-- --full` runs the long counts and writes
 * docs/proofs (BENCH_PROOFS names another folder).
 */
import { writeProofFile } from '../test/support/proof.ts';
import { leaveGround } from './ground.ts';
import type { Measure, Report } from './measure.ts';
import { measures } from './measures/index.ts';
import { unmeasured } from './processes.ts';
import { markdown } from './table.ts';

const words = process.argv.slice(2);
const scale = words.includes('--full') ? 'full' : 'ci';
const names = words.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !measures.some((measure) => measure.name === name));
if (unknown.length > 0) {
  process.stderr.write(`No measure ${unknown.join(', ')}: there are ${measures.map(({ name }) => name).join(', ')}.\n`);
  process.exit(1);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
if (unmeasured !== undefined) say(unmeasured);

const sections: string[] = [];
const began = Date.now();
for (const measure of measures.filter(({ name }) => names.length === 0 || names.includes(name))) {
  try {
    const section = sectionOf(measure, await measure.run(scale));
    say(`\n${section}`);
    sections.push(section);
  } finally {
    await leaveGround();
  }
}
if (scale === 'full') {
  const facts = [
    `\`npm run bench${names.map((name) => ` ${name}`).join('')} -- --full\`, ${Math.round((Date.now() - began) / 60_000)} minutes.`,
    'Medians over rounds, in brackets the smallest and the largest; a ratio is taken within a round. CPU is that of the processes that are',
    'measured, without the one that asks; rates are what both together leave of the machine.',
    ...(unmeasured === undefined ? [] : [unmeasured]),
  ];
  const lines = [...facts, ...sections.flatMap((section) => ['', section])];
  say(`\nWritten: ${writeProofFile({ name: 'bench', title: 'What it costs', lines }, process.env['BENCH_PROOFS'])}`);
}

function sectionOf({ name, aim }: Measure, { rows, met, remarks }: Report): string {
  return [
    `## ${name}`,
    '',
    `${aim} **${met ? 'Met.' : 'Missed.'}**`,
    '',
    markdown(rows),
    '',
    ...remarks.map((each) => `- ${each}`),
  ].join('\n');
}
