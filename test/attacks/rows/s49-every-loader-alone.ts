/** S49: asking each loader and action alone, as somebody it is not for. */
import { buildMember, buildStaff } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { marksIn } from '../tools/fixture.ts';
import { idsOf } from '../tools/ids.ts';
import { shuffled } from '../tools/random.ts';
import { actionPathOf, pathOf, waysTo, type SiteRoute } from '../tools/routes.ts';
import { doors, holding, withPassword } from '../tools/sign-in.ts';
import { answersIn } from '../tools/single-fetch.ts';

/** Pages for everybody. Any other route must guard itself: a new one that is open fails here until it is listed. */
const OPEN_TO_ALL = [
  ...['/', '/contact', '/login', '/logout', '/staff/login', '/staff/logout', '/*'],
  // Behind mailed links, and what follows them: whose they are says the link alone.
  ...['/password/forgot', '/password/forgot/asked', '/password/reset', '/password/reset/done'],
  ...['/password/setup', '/password/setup/done', '/sign-in-notice', '/sign-in-notice/done'],
  ...['/email-change', '/email-change/given', '/email-change/confirm', '/email-change/done', '/account/deleted'],
];

/** Open to who is on the way of signing in. */
const OPEN_BEFORE_THE_CODE = ['/login/otp', '/staff/login/otp'];

/** What buttons of the site post. */
const INTENTS = [
  ...['arrange', 'decline', 'save', 'confirm', 'change-registration', 'end-sessions'],
  ...['request-email-change', 'cancel-email-change', 'cancel-reset', 'cancel-mfa', 'add', 'mail'],
  ...['act-on-members', 'require-mfa', 'mail-never-mailed', 'act-on-everyone'],
];

interface Outsider {
  who: string;
  browser: Browser;
  token: string;
  /** Routes that this outsider has nothing to look for in. */
  closed: (route: SiteRoute) => boolean;
}

/** Of 管理者 alone. */
const isAdministratorRoute = (route: SiteRoute): boolean => route.pattern.startsWith('/staff/customers');
const isStaffRoute = (route: SiteRoute): boolean => route.pattern === '/staff' || route.pattern.startsWith('/staff/');
const isOpen = (route: SiteRoute): boolean => route.id === 'root' || OPEN_TO_ALL.includes(route.pattern);

async function tokenOn(browser: Browser, page: string): Promise<string> {
  const [form] = await browser.forms(page);
  return form?.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
}

async function outsiders({ target, fixture }: World): Promise<Outsider[]> {
  const nobody = new Browser(target);
  const before = await withPassword(target, await buildMember({ mfa: true }));
  const member = await holding(target, fixture.ours.plain);
  const staff = await holding(target, fixture.staff);
  const coordinator = await holding(target, await buildStaff());
  // Staff forms are judged by the browser's staff cookie, members' by its member cookie: each brings its own visitor token.
  return [
    { who: 'nobody', browser: nobody, token: await tokenOn(nobody, '/login'), closed: (route) => !isOpen(route) },
    {
      who: 'before the code',
      browser: before,
      token: await tokenOn(before, doors.member.code),
      closed: (route) => !isOpen(route) && !OPEN_BEFORE_THE_CODE.includes(route.pattern),
    },
    {
      who: 'a member',
      browser: member,
      token: await tokenOn(member, '/staff/login'),
      closed: (route) => isStaffRoute(route) && !isOpen(route),
    },
    {
      who: 'a staff person',
      browser: staff,
      token: await tokenOn(staff, '/login'),
      closed: (route) => !isStaffRoute(route) && !isOpen(route),
    },
    {
      who: 'a 担当者',
      browser: coordinator,
      token: await tokenOn(coordinator, doors.staff.home),
      closed: isAdministratorRoute,
    },
  ];
}

/** A closed loader answers with a way to sign in or a refusal, never with data. */
function judge(who: string, route: SiteRoute, answer: Answer): string[] {
  const where = `${who}: ${answer.method} ${answer.path}`;
  if (answer.status >= 500) return [`${where} answers ${answer.status}`];
  const alone = answersIn(answer.body)[route.id];
  if (route.hasLoader && alone !== undefined && 'data' in alone) return [`${where} gives the data of ${route.id}`];
  const isPage = String(answer.headers['content-type']).includes('text/html');
  return answer.status === 200 && isPage && route.hasLoader ? [`${where} shows the page of ${route.id}`] : [];
}

async function attackRoute(
  world: World,
  { who, browser, token }: Outsider,
  route: SiteRoute,
  intents: readonly string[],
): Promise<string[]> {
  const path = pathOf(route, idsOf(world.fixture.others));
  const found: string[] = [];
  for (const way of waysTo(route, path)) {
    const answer = await browser.get(way);
    found.push(...judge(who, route, answer));
    const typed = Object.values(idsOf(world.fixture.others));
    const leaked = marksIn(answer.body, world.fixture.others.marks).filter((mark) => !typed.includes(mark));
    if (leaked.length > 0) found.push(`${who}: GET ${way} tells ${leaked.join(', ')}`);
  }
  if (!route.hasAction) return found;
  for (const way of waysTo(route, actionPathOf(route, path))) {
    for (const intent of intents) {
      const answer = await browser.post(
        way,
        [
          ['formToken', token],
          ['intent', intent],
          ['verb', intent],
          ['reason', 'x'],
        ],
        {
          forgetful: true,
        },
      );
      if (answer.status >= 500) found.push(`${who}: POST ${way} answers ${answer.status}`);
      const alone = answersIn(answer.body)[route.id];
      if (answer.status < 300 && alone !== undefined && 'data' in alone) found.push(`${who}: POST ${way} ran`);
    }
  }
  return found;
}

export const s49: Row = {
  id: 'S49',
  requires: 'every loader and action judges for itself who asks, also when asked alone',
  asked: 'every route id × {page, .data, _routes, _data} for anonymous and before the code: 0 bodies with data',
  attack: async (world, scale) => {
    const found: string[] = [];
    let attacked = 0;
    const people = (await outsiders(world)).slice(0, times(scale, { planted: 1, ci: 5, full: 5 }));
    // The guard stands before whatever was pressed: in CI some are drawn.
    const intents = shuffled('S49', INTENTS).slice(0, times(scale, { planted: 1, ci: 3, full: INTENTS.length }));
    await world.database.quiet();
    const before = scale === 'planted' ? undefined : await world.database.fingerprint();
    for (const outsider of people) {
      for (const route of world.routes.filter(outsider.closed)) {
        found.push(...(await attackRoute(world, outsider, route, intents)));
        attacked += 1;
      }
    }
    const written = before === undefined ? [] : await world.database.changesSince(before);
    found.push(...written.map((change) => `an outsider wrote ${change}`));
    return {
      found,
      said: `${attacked} closed routes × 4 ways by ${people.length} kinds of outsider: 0 with data, 0 writes`,
    };
  },
  plants: [
    {
      what: 'who is no staff counts as staff',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \((staff\d*) === (?:void 0|undefined)\) throw redirect\(/,
          replace:
            'if ($1 === undefined) return { kind: "staff", staffId: "", name: "", role: "administrator" }; if (false) throw redirect(',
        },
      ],
      shows: /nobody: GET \/staff.* (gives the data|shows the page|tells)/,
    },
  ],
};
