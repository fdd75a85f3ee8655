/** S50: the fields that loaders answer, against the list of those they may. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { applicationStates } from '../../../domain/flows/application.ts';
import { linkPurposes, type LinkPurpose } from '../../../domain/procedures.ts';
import { buildMember, buildStaff } from '../../support/build.ts';
import { buildGivenChange } from '../../support/email-change.ts';
import type { Row, Scale, World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { idsOf } from '../tools/ids.ts';
import { follow, freshLink } from '../tools/mailed-links.ts';
import { pathOf, type SiteRoute } from '../tools/routes.ts';
import { changeMfa, holding, withPassword } from '../tools/sign-in.ts';
import { answersIn, dataPathFor, keyPaths } from '../tools/single-fetch.ts';

/** What each loader may answer: route id → key paths. `UPDATE_LOADER_FIELDS=1` writes it anew, for a person to read the difference. */
const LOCK = fileURLToPath(new URL('../loader-fields.json', import.meta.url));

/** Words that no key of an answer may have; the form token and the name of the rules for passwords are meant for the browser. */
const SECRET_KEY = /hash|secret|password|token|cookie|pepper|keyId|secretDigest/i;
const MEANT_FOR_THE_BROWSER = new Set(['formToken', 'passwordPolicy']);

type Fields = Record<string, string[]>;

/** Every way to look at a route: as anybody, with applications of each state, with drafts sent and unsent. */
async function lookedAt(world: World): Promise<{ browser: Browser; paths: (route: SiteRoute) => string[] }[]> {
  const { target, fixture } = world;
  const states = (route: SiteRoute) =>
    route.parameters.length === 0
      ? [pathOf(route, {})]
      : applicationStates.map((state) => pathOf(route, idsOf(fixture.ours, state)));
  const sent = async (route: SiteRoute) => {
    const { draft } = await world.database.row<{ draft: string }>(
      `select draft_id as draft from applications where account_id = $1 order by applied_at limit 1`,
      [fixture.ours.account.id],
    );
    return pathOf(route, { ...idsOf(fixture.ours), draftId: draft });
  };
  const sentPaths = new Map<string, string>();
  for (const route of world.routes) sentPaths.set(route.id, await sent(route));
  const all = (route: SiteRoute) => [...states(route), sentPaths.get(route.id) ?? '/'];
  return [
    { browser: new Browser(target), paths: all },
    { browser: await holding(target, fixture.ours.plain), paths: all },
    { browser: await holding(target, fixture.ours.mustChange), paths: all },
    { browser: await holding(target, fixture.staff), paths: all },
    { browser: await withPassword(target, await buildMember({ mfa: true })), paths: all },
    { browser: await withPassword(target, await buildStaff()), paths: all },
    { browser: await askedForCode(world), paths: all },
    ...(await Promise.all(
      linkPurposes.map(async (purpose) => ({ browser: await withLink(world, purpose), paths: all })),
    )),
  ];
}

/** A member who turns 多要素認証 on and changes the address. */
async function askedForCode({ target }: World): Promise<Browser> {
  const member = await buildMember();
  await buildGivenChange(member);
  const browser = await holding(target, member);
  await changeMfa(browser, 'on');
  return browser;
}

const withLink = async ({ target }: World, purpose: LinkPurpose): Promise<Browser> =>
  follow(target, await freshLink(purpose));

async function answeredFields(world: World, scale: Scale): Promise<Fields> {
  const fields = new Map<string, Set<string>>();
  const known = new Set(world.routes.map(({ id }) => id));
  const all = await lookedAt(world);
  // A member alone, where a weakness is planted.
  for (const { browser, paths } of scale === 'planted' ? all.slice(1, 2) : all) {
    for (const route of world.routes) {
      for (const path of new Set(paths(route))) {
        const { body } = await browser.get(dataPathFor(path));
        for (const [id, { data }] of Object.entries(answersIn(body))) {
          if (!known.has(id)) continue;
          const keys = fields.get(id) ?? new Set<string>();
          for (const key of keyPaths(data)) keys.add(key);
          fields.set(id, keys);
        }
      }
    }
  }
  return Object.fromEntries([...fields].sort().map(([id, keys]) => [id, [...keys].sort()]));
}

function compare(answered: Fields, locked: Fields): string[] {
  return Object.entries(answered).flatMap(([id, keys]) => {
    const allowed = new Set(locked[id]);
    const extra = keys.filter((key) => !allowed.has(key)).map((key) => `${id} answers ${key}, which is not listed`);
    const secret = keys
      .filter((key) => SECRET_KEY.test(key) && !MEANT_FOR_THE_BROWSER.has(key))
      .map((key) => `${id} answers ${key}, which sounds like a secret`);
    return [...extra, ...secret];
  });
}

export const s50: Row = {
  id: 'S50',
  requires: 'loaders answer listed fields only',
  asked: 'field lock per loader; no hash, token, secret: 0 extra',
  attack: async (world, scale) => {
    const answered = await answeredFields(world, scale);
    if (scale !== 'planted' && process.env['UPDATE_LOADER_FIELDS'] === '1') {
      await writeFile(LOCK, `${JSON.stringify(answered, null, 2)}\n`);
    }
    const locked = JSON.parse(await readFile(LOCK, 'utf8')) as Fields;
    const count = Object.values(answered).reduce((sum, keys) => sum + keys.length, 0);
    return {
      found: compare(answered, locked),
      said: `${count} fields of ${Object.keys(answered).length} loaders, 0 extra`,
    };
  },
  plants: [
    {
      what: 'the frame is given the whole session',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /\{ company: (member\d*)\.company, userName: \1\.userName \}/,
          replace: '$1',
        },
      ],
      shows: /root answers member\.memberId/,
    },
  ],
};
