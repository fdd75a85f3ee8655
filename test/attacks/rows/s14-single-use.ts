/** S14: pressing the button behind one mailed link many times at once, and again later. */
import { linkPurposes, type LinkPurpose } from '../../../domain/procedures.ts';
import { times, type Row, type World } from '../attack.ts';
import { follow, formBehind, freshLink, hasActed, typedOn } from '../tools/mailed-links.ts';

/** @returns what broke the rule, in words */
async function pressTogether({ target }: World, purpose: LinkPurpose, presses: number): Promise<string[]> {
  const link = await freshLink(purpose);
  const browser = await follow(target, link);
  const form = await formBehind(browser, purpose);
  if (form === undefined) return [`${purpose}: the page of a live link has no form`];
  const typed = typedOn[purpose]();
  const press = () => browser.submit(form, typed, { forgetful: true });
  const acted = (await Promise.all(Array.from({ length: presses }, press))).filter((answer) =>
    hasActed(answer, purpose),
  );
  const found = acted.length === 1 ? [] : [`${purpose}: ${acted.length} of ${presses} posts at once succeeded`];
  if (hasActed(await press(), purpose)) found.push(`${purpose}: a later post succeeded`);
  if ((await formBehind(await follow(target, link), purpose)) !== undefined)
    found.push(`${purpose}: the used link still opens its form`);
  return found;
}

export const s14: Row = {
  id: 'S14',
  requires: 'a mailed link works once',
  asked: '50 parallel posts with one token, 100 repeats, and later: exactly 1 success',
  attack: async (world, scale) => {
    const presses = times(scale, { planted: 8, ci: 20, full: 50 });
    const rounds = times(scale, { planted: 1, ci: 1, full: 100 });
    const found: string[] = [];
    for (const purpose of linkPurposes)
      for (let round = 0; round < rounds; round += 1) found.push(...(await pressTogether(world, purpose, presses)));
    return {
      found,
      said: `${presses} posts at once, ${rounds} times for each of ${linkPurposes.length} purposes: 1 success each, none later`,
    };
  },
  plants: [
    {
      what: 'whoever takes a link up does not look whether it is still open',
      process: 'mailed links',
      mutations: [
        {
          file: 'server/index.js',
          find: /(where digest = \$1 and purpose = \$2) and state = 'open' and expires_at > now\(\) returning/,
          replace: '$1 returning',
        },
      ],
      shows: /posts at once succeeded/,
    },
  ],
};
