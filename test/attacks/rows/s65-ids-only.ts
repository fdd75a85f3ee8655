/** S65: running all flows with words that stand nowhere else, and reading every history. */
import { randomBytes, randomUUID } from 'node:crypto';
import { fieldsOf } from '../../../domain/application/draft-form.ts';
import { linkPurposes, procedureKinds } from '../../../domain/procedures.ts';
import { buildMember, buildStaff, buildAccount, type BuiltAccount } from '../../support/build.ts';
import type { Row, Scale, World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { goodForm } from '../tools/fixture.ts';
import { anotherPassword, linkFor, tryLink } from '../tools/mailed-links.ts';
import { changePassword, newestCode, signedIn, typeCode, withPassword } from '../tools/sign-in.ts';

const mark = (what: string): string => `${what}${randomBytes(6).toString('hex')}`;
const digits = (first: string): string => first + String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0');

/** An order sent by pages alone. @returns its row's id */
async function sendOrder(
  { database, fixture }: World,
  browser: Browser,
  typed: Record<string, string>,
): Promise<{ id: string; draftId: string }> {
  const draftId = randomUUID();
  const input = await browser.formWith(`/apply/${draftId}`, 'remarks');
  const fields = { ...Object.fromEntries(fieldsOf(goodForm(fixture.product))), ...typed, intent: 'confirm' };
  const saved = await browser.submit(input, fields);
  if (saved.status !== 303) throw new Error(`a right order form is answered ${saved.status}`);
  await browser.submit(await browser.formWith(`/apply/${draftId}/confirm`, 'digest'));
  const { id } = await database.row<{ id: string }>('select id from applications where draft_id = $1', [draftId]);
  return { id, draftId };
}

/** Everything typed, held or sent in one run of every flow there is. */
async function runAllFlows(world: World): Promise<{ canaries: Record<string, string>; codes: string[] }> {
  const canaries = {
    company: mark('株式会社'),
    'user name': mark('担当'),
    address: `${mark('canary')}@example.jp`,
    password: `Kn9.${randomBytes(3).toString('hex')}`,
    'wrong password': mark('Himitsu-'),
    remarks: mark('備考'),
    department: mark('部署'),
    person: mark('受取'),
    'street address': mark('番地'),
    telephone: digits('09'),
    reference: mark('控え'),
    'department of the orderer': mark('部課'),
    'person of the orderer': mark('発注'),
    'address of the orderer': mark('丁目'),
    'telephone of the orderer': digits('08'),
    'company of the site': mark('有限会社'),
    building: mark('棟'),
    'FAX of the site': digits('07'),
    'reason of staff': mark('理由'),
    browser: 'Mozilla/5.0 (attacks)',
  };
  const account = await buildAccount({ company: canaries.company });
  const wish = { account, userName: canaries['user name'], password: canaries.password };
  const member = await buildMember({ ...wish, address: canaries.address, mfa: true });
  const failing = await withPassword(world.target, member);
  await typeCode(failing, 'member', '000000');
  const browser = await withPassword(world.target, member);
  const { code } = await newestCode(world, member);
  const secrets = [...browser.cookies.values()];
  await typeCode(browser, 'member', code);
  const { id } = await sendOrder(world, browser, {
    'orderer.company': canaries.company,
    'orderer.department': canaries['department of the orderer'],
    'orderer.person': canaries['person of the orderer'],
    'orderer.address': canaries['address of the orderer'],
    'orderer.telephone': canaries['telephone of the orderer'],
    'deliveries[0].company': canaries['company of the site'],
    'deliveries[0].address2': canaries.building,
    'deliveries[0].fax': canaries['FAX of the site'],
    remarks: canaries.remarks,
    customerReference: canaries.reference,
    'deliveries[0].department': canaries.department,
    'deliveries[0].person': canaries.person,
    'deliveries[0].address1': canaries['street address'],
    'deliveries[0].telephone': canaries.telephone,
  });
  const staff = await buildStaff();
  const desk = await signedIn(world, staff);
  await world.database.quiet();
  await decline(desk, id, canaries['reason of staff']);
  const next = `Zq8.${randomBytes(3).toString('hex')}`;
  await changePassword(browser, canaries['wrong password'], next);
  await changePassword(browser, member.password, next);
  const links = await followLinks(world, account);
  await world.database.quiet();
  const cookies = Object.fromEntries(
    [...secrets, ...browser.cookies.values()].map((value, n) => [`cookie ${n + 1}`, value]),
  );
  const all = { ...canaries, ...cookies, ...links, 'new password': next, 'staff address': staff.address };
  return { canaries: all, codes: [code, (await newestCode(world, staff)).code] };
}

/** Every procedure that mails a link, up to what its button does. */
async function followLinks(world: World, account: BuiltAccount): Promise<Record<string, string>> {
  const found: Record<string, string> = {
    'password set by a link': anotherPassword,
    'end of any mail address': '@example.jp',
  };
  for (const purpose of linkPurposes) {
    const userName = mark('担当');
    const member = await buildMember({
      account,
      userName,
      ...(purpose === 'password-setup' ? { password: null } : {}),
    });
    const link = await linkFor(member, purpose);
    if (!(await tryLink(world.target, link)).taken) throw new Error(`the ${purpose} link was not taken`);
    Object.assign(found, { [`token of ${purpose}`]: link.token, [`name at ${purpose}`]: userName });
  }
  return found;
}

async function decline(desk: Browser, applicationId: string, reason: string): Promise<void> {
  const path = `/staff/applications/${applicationId}`;
  const form = (await desk.forms(path)).find(({ fields }) => fields.some(([name]) => name === 'reason'));
  if (form === undefined) throw new Error(`${path} offers no 手配不可`);
  const { status } = await desk.submit(form, { ...Object.fromEntries(form.buttons.slice(0, 1)), reason });
  if (status >= 400) throw new Error(`手配不可 is answered ${status}`);
}

/** Of the words some are as old as the run; most are of now, so in CI only flows that began since are read. */
const queries: Record<Scale, (since: Date) => string | undefined> = {
  planted: (since) => `WorkflowType = 'application' and StartTime >= '${since.toISOString()}'`,
  ci: (since) => `StartTime >= '${since.toISOString()}'`,
  full: () => undefined,
};

export const s65: Row = {
  id: 'S65',
  requires: 'histories hold ids only: nothing typed, no code, token, name or address',
  asked: 'all flows with 40 canaries; every history, raw and decoded: 0 hits',
  attack: async (world, scale) => {
    const { since } = await world.database.row<{ since: Date }>('select now() as since');
    const { canaries, codes } = await runAllFlows(world);
    const flows = await world.histories.read(queries[scale](since));
    const found: string[] = [];
    for (const { workflowId, text, payloads } of flows) {
      if (payloads === '') found.push(`no payload of ${workflowId} could be read`);
      for (const [what, canary] of Object.entries(canaries)) {
        const hidden = Buffer.from(canary).toString('base64').replace(/=*$/, '').slice(0, -1);
        if (text.includes(canary) || text.includes(hidden)) found.push(`${workflowId} holds the ${what}`);
      }
      for (const code of codes) {
        if (new RegExp(`(?<![0-9A-Za-z.:+-])${code}(?![0-9a-fA-F:-])`).test(payloads))
          found.push(`${workflowId} holds a code`);
      }
    }
    const kinds = new Set(flows.map(({ workflowId }) => workflowId.split('/')[0]));
    for (const kind of ['otp', 'letter', 'application', ...procedureKinds])
      if (!kinds.has(kind)) found.push(`no ${kind} flow was found to read`);
    return {
      found,
      said: `${Object.keys(canaries).length + codes.length} canaries, 0 hits in ${flows.length} histories of ${[...kinds].join(', ')}`,
    };
  },
  plants: [
    {
      what: 'the remarks travel with the start of the flow',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /const input = \{ applicationId: ([\w$]+) \};/,
          replace:
            'const input = { applicationId: $1, remarks: (await readApplication(undefined, { id: $1 })).content.remarks };',
        },
      ],
      shows: /application\/.* holds the remarks/,
    },
  ],
};
