/**
 * Whom the attacks are about: two customers with three members each, those who can't sign in, a スタッフ, applications in every state.
 * What they typed is made of words that stand nowhere else, so that a leak is seen wherever it happens.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { inTransaction } from '../../../db/connect.ts';
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
  builtDelivery,
  builtOrderer,
  buildItem,
  type BuiltAccount,
  type BuiltMember,
  type BuiltStaff,
} from '../../support/build.ts';

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
  /** Words of this account alone. */
  marks: string[];
}

export interface Fixture {
  ours: FixtureAccount;
  others: FixtureAccount;
  staff: BuiltStaff;
  product: { code: string; name: string };
}

export async function buildFixture(): Promise<Fixture> {
  const product = await buildProduct();
  return {
    ours: await customer('甲', product),
    others: await customer('乙', product),
    staff: await buildStaff(),
    product,
  };
}

async function customer(sign: string, product: Fixture['product']): Promise<FixtureAccount> {
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
  const { session } = await buildMemberSession(plain);
  await inTransaction((tx) => openResetFor(tx, plain));
  const [reset] = await listOwnProcedures(plain.id);
  const withCode = await member({ mfa: true });
  const addresses = [plain.address, withCode.address];
  const numbers = applications.flatMap(({ applicationNumber, orderNumber }) => [applicationNumber, orderNumber ?? '']);
  return {
    account,
    plain,
    withCode,
    mustChange: await member({ mustChangePassword: true }),
    deleted: await member({ deletedAt: new Date() }),
    invited: await member({ password: null }),
    applications,
    draftId,
    sessionId: session.id,
    procedureId: reset?.id ?? '',
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
    ].filter((mark) => mark !== ''),
  };
}

/** A form that is taken in, as typed. */
export const goodForm = (product: Fixture['product']): DraftForm =>
  formOfContent(buildContent({ items: [buildItem({ productCode: product.code, productName: product.name })] }));

/** The marks of an account that stand in a text. */
export const marksIn = (text: string, marks: readonly string[]): string[] =>
  marks.filter((mark) => text.includes(mark));
