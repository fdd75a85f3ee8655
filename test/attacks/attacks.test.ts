/**
 * Black box: every row of the security table is attacked over HTTP, on the production build with its real database, Temporal Service and
 * mail catcher. Then each attack is tried on a copy of the build with a weakness planted in it, which it must find.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Plant, Row, Scale } from './attack.ts';
import { rows } from './rows/index.ts';
import { seed } from './tools/random.ts';
import { resultTable, writeProof, type RowResult } from './tools/table.ts';
import { prepareGround, type Ground } from './tools/world.ts';

const isFull = process.env['FULL'] === '1';
const scale: Scale = isFull ? 'full' : 'ci';
const timeout = isFull ? 3_600_000 : 180_000;

const results = new Map<string, RowResult>();
let ground: Ground;

const attacked = new Map<string, Promise<string[]>>();

/** What an attack finds in a weakened process: once for all weaknesses of a row that share it. */
function attackedOnce(row: Row, plant: Plant): Promise<string[]> {
  const key = `${row.id} ${plant.process}`;
  const known = attacked.get(key) ?? attackWeakened(row, plant);
  attacked.set(key, known);
  return known;
}

async function attackWeakened(row: Row, plant: Plant): Promise<string[]> {
  const world = await ground.weakened(plant);
  return (await row.attack(world, 'planted')).found;
}

function record(id: string, result: Partial<RowResult>): void {
  results.set(id, { plantsCaught: 0, ...results.get(id), ...result });
}

/** What a red row shows: enough to see the pattern. */
const first = (found: string[]): string[] =>
  found.length > 20 ? [...found.slice(0, 20), `and ${found.length - 20} more`] : found;

beforeAll(async () => {
  ground = await prepareGround(inject('site'), inject('chromiumPath'), rows);
}, 120_000);

afterAll(async () => {
  await ground.close();
  const table = resultTable(rows, results);
  process.stdout.write(`\n${table}\n\nSeed ${seed}\n`);
  // A run narrowed to some rows proves nothing of the others.
  const isWhole = rows.every(({ id }) => results.get(id)?.held !== undefined);
  if (isFull && isWhole) process.stdout.write(`Written to ${writeProof(table)}\n`);
}, 60_000);

describe('the site holds', () => {
  for (const row of rows) {
    test(`${row.id} ${row.requires}`, { timeout }, async () => {
      const { found, said } = await row.attack(ground.world, scale);

      record(row.id, { held: found.length === 0, said });
      expect(first(found)).toEqual([]);
    });
  }
});

describe('a planted weakness is found', () => {
  for (const row of rows) {
    for (const plant of row.plants) {
      test(`${row.id} ${plant.what}`, { timeout }, async () => {
        const found = await attackedOnce(row, plant);

        const shows = found.some((line) => plant.shows.test(line));
        expect(shows, `not found; found instead:\n${first(found).join('\n')}`).toBe(true);
        record(row.id, { plantsCaught: (results.get(row.id)?.plantsCaught ?? 0) + 1 });
      });
    }
  }
});
