/**
 * Whom the attacks are about: two customers with three members each, those who can't sign in, a スタッフ, applications in every state.
 * What they typed is made of words that stand nowhere else, so that a leak is seen wherever it happens.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { inTransaction } from '../../../db/connect.ts';
import { keepImport } from '../../../db/stores/customer-imports.ts';
import { saveDraft } from '../../../db/stores/drafts.ts';
import { listOwnProcedures } from '../../../db/stores/own-procedures.ts';
import { openResetFor } from '../../../db/stores/password-reset.ts';
import type { ApplicationDetail } from '../../../db/stores/applications.ts';
import type { DraftForm } from '../../../domain/application/content.ts';
import { formOfContent } from '../../../domain/application/draft-form.ts';
import { applicationStates } from '../../../domain/flows/application.ts';
import {
  buildAccount,
  buildApplication,
  buildContent,
  buildMember,
  buildMemberSession,
  buildProduct,
  buildStaff,
  buildStaffSession,
  buildVisit,
  builtDelivery,
  builtOrderer,
  buildItem,
  type BuiltAccount,
  type BuiltMember,
  type BuiltStaff,
} from '../../support/build.ts';
import { csvOf, importLine } from '../../support/import-file.ts';

export interface FixtureAccount {
  account: BuiltAccount;
  plain: BuiltMember;
  withCode: BuiltMember;
  mustChange: BuiltMember;
  deleted: BuiltMember;
  invited: BuiltMember;
  applications: ApplicationDetail[];
  /** An unsent draft of `plain`. */
  draftId: string;
  /** An open session of `plain`. */
  sessionId: string;
  /** An open reset of `plain`. */
  procedureId: string;
  /** A file of migrated customers that staff have uploaded and not run. */
  importId: string;
  /** Words of this account alone. */
  marks: string[];
}

export interface Fixture {
  ours: FixtureAccount;
  others: FixtureAccount;
  /** A 管理者: every page of staff opens. */
  staff: BuiltStaff;
  product: { code: string; name: string };
}

export async function buildFixture(): Promise<Fixture> {
  const product = await buildProduct();
  const staff = await buildStaff({ role: 'administrator' });
  return {
    ours: await customer('甲', product, staff),
    others: await customer('乙', product, staff),
    staff,
    product,
  };
}

/** What of an account ends by itself within the hours of a full run, begun anew. */
export async function withOpenThings(given: FixtureAccount): Promise<FixtureAccount> {
  const { session } = await buildMemberSession(given.plain);
  await inTransaction((tx) => openResetFor(tx, given.plain));
  const [reset] = await listOwnProcedures(given.plain.id);
  return { ...given, sessionId: session.id, procedureId: reset?.id ?? '' };
}

/** A file with a line that would be taken in and one that would not. */
async function uploadedFile(staff: BuiltStaff, loginId: string, mailAddress: string): Promise<string> {
  const { session } = await buildStaffSession(staff);
  const lines = [importLine({ loginId: `${loginId}-2`, mailAddress }), importLine({ loginId: '' })];
  return keepImport(session, { name: 'customers.csv', bytes: csvOf(lines) }, buildVisit());
}

async function customer(sign: string, product: Fixture['product'], staff: BuiltStaff): Promise<FixtureAccount> {
  const word = (what: string) => `${what}${sign}${randomBytes(5).toString('hex')}`;
  const [company, userName, remarks, site, reference] = [
    word('株式会社'),
    word('担当'),
    word('備考'),
    word('作業所'),
    word('控え'),
  ];
  const account = await buildAccount({ company });
  const member = (over: Parameters<typeof buildMember>[0] = {}) => buildMember({ account, userName, ...over });
  const plain = await member();
  const content = buildContent({
    orderer: { ...builtOrderer, company },
    deliveries: [{ ...builtDelivery, department: site }],
    items: [buildItem({ productCode: product.code, productName: product.name })],
    remarks,
    customerReference: reference,
  });
  const applications: ApplicationDetail[] = [];
  for (const state of applicationStates) {
    // A product that is not on offer makes the intake fail: those keep the builder's own.
    const { items, ...rest } = content;
    applications.push(
      await buildApplication({ member: plain, state, content: state === 'failed' ? rest : { ...rest, items } }),
    );
  }
  const draftId = randomUUID();
  await saveDraft(plain.memberId, draftId, formOfContent(content));
  const imported = `imported-${randomBytes(4).toString('hex')}@example.jp`;
  const withCode = await member({ mfa: true });
  const addresses = [plain.address, withCode.address];
  const numbers = applications.flatMap(({ applicationNumber, orderNumber }) => [applicationNumber, orderNumber ?? '']);
  return withOpenThings({
    account,
    plain,
    withCode,
    mustChange: await member({ mustChangePassword: true }),
    deleted: await member({ deletedAt: new Date() }),
    invited: await member({ password: null }),
    applications,
    draftId,
    sessionId: '',
    procedureId: '',
    importId: await uploadedFile(staff, account.loginId, imported),
    marks: [
      company,
      userName,
      remarks,
      site,
      reference,
      account.customerNumber,
      ...addresses,
      ...numbers,
      draftId,
      imported,
    ].filter((mark) => mark !== ''),
  });
}

/** A form that is taken in, as typed. */
export const goodForm = (product: Fixture['product']): DraftForm =>
  formOfContent(buildContent({ items: [buildItem({ productCode: product.code, productName: product.name })] }));

/** The marks of an account that stand in a text. */
export const marksIn = (text: string, marks: readonly string[]): string[] =>
  marks.filter((mark) => text.includes(mark));
