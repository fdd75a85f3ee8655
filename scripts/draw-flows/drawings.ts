/** The state tables as Markdown with a Mermaid diagram each; GitHub and most editors show them. */
import { stateTables } from '../../domain/flows/index.ts';
import { edgesOf, isEnd, type StateTable } from '../../domain/flows/state-table.ts';
import { waitsOf } from '../../domain/wording/waits.ts';

/** A table's file in domain/flows has its name in other spelling. */
const fileOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** File name → text. */
export function drawings(): Record<string, string> {
  const pages = stateTables.map((table) => [`${fileOf(table.name)}.md`, page(table)] as const);
  return { ...Object.fromEntries(pages), 'README.md': index() };
}

function index(): string {
  const lines = stateTables.map(({ name }) => `- [${name}](${fileOf(name)}.md)`);
  return `# Flows\n\nGenerated from \`domain/flows\` by \`npm run flows:draw\`; don't edit.\n\n${lines.join('\n')}\n`;
}

function page(table: StateTable<string, string>): string {
  const edges = edgesOf(table).map(({ from, event, to }) => `  ${from} --> ${to}: ${event}`);
  const ends = Object.keys(table.states)
    .filter((state) => isEnd(table, state))
    .map((state) => `  ${state} --> [*]`);
  const states = Object.keys(table.states).map((state) => `| \`${state}\` | ${waitsOf[table.name]?.[state] ?? ''} |`);
  return [
    `# ${table.name}`,
    `Generated from \`domain/flows/${fileOf(table.name)}.ts\` by \`npm run flows:draw\`; don't edit.`,
    ['```mermaid', 'stateDiagram-v2', `  [*] --> ${table.initial}`, ...edges, ...ends, '```'].join('\n'),
    ['| State | What it waits for |', '| --- | --- |', ...states].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}
