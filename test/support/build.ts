/** Rows for tests, made through the stores' own verbs wherever there is one; every name is fresh, so that tests share a database. */
import { randomUUID } from 'node:crypto';
import { connectDatabase, inTransaction } from '../../db/connect.ts';
import { Account, Member, Product, Staff } from '../../db/models/index.ts';
import { rows } from '../../db/raw.ts';
import { readApplication, submitApplication, type ApplicationDetail } from '../../db/stores/applications.ts';
import { openChallenge } from '../../db/stores/challenges.ts';
import { applyCommand, giveCommand } from '../../db/stores/commands.ts';
import { takeIn } from '../../db/stores/intake.ts';
import { hashPassword } from '../../db/stores/passwords.ts';
import type { Person } from '../../db/stores/people.ts';
import { searchKeyOf } from '../../db/stores/products.ts';
import { currentSecretKeyId, deriveCode, newBrowserSecret } from '../../db/stores/secrets.ts';
import { openSession, readMemberSession, readStaffSession } from '../../db/stores/sessions.ts';
import type { MemberSession, StaffRole, StaffSession } from '../../db/stores/sessions.ts';
import type { Visit } from '../../db/stores/visit.ts';
import type { ApplicationContent, ApplicationItem, Delivery, Orderer } from '../../domain/application/content.ts';
import type { ApplicationState } from '../../domain/flows/application.ts';
import { jstDate } from '../../domain/jst.ts';
import { canonicalLoginId } from '../../domain/login-id.ts';
import { mailAddress } from './mail-address.ts';

/** What every built person signs in with unless the test says otherwise. */
export const builtPassword = 'Kashi-2026';

const hashes = new Map<string, Promise<string>>();

/** One hash for each password and process: argon2 is slow on purpose. */
function hashOnce(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

const mark = (): string => randomUUID().slice(0, 8);

export const buildVisit = (over: Partial<Visit> = {}): Visit => ({
  ip: '192.0.2.1',
  userAgent: 'Mozilla/5.0 (test)',
  requestId: mark(),
  device: newBrowserSecret(),
  ...over,
});

export interface BuiltAccount {
  id: string;
  loginId: string;
  customerNumber: string;
  company: string;
}

/** An account with its company fields. */
export async function buildAccount(over: { loginId?: string; company?: string } = {}): Promise<BuiltAccount> {
  connectDatabase();
  const account = await Account.create({
    loginId: canonicalLoginId(over.loginId ?? `login-${mark()}`),
    company: over.company ?? '株式会社テスト電設',
    department: '設備部',
    postalCode: '100-0001',
    address: '東京都千代田区千代田1-1',
    telephone: '03-0000-0000',
    fax: '03-0000-0001',
  });
  const { id, loginId, customerNumber, company } = account;
  return { id, loginId, customerNumber, company };
}

/** A member as both sign-in (`loginId`, `address`, `password`) and stores (`memberId`, `accountId`, or as a `Person`) want one. */
export interface BuiltMember extends Person {
  kind: 'member';
  memberId: string;
  accountId: string;
  loginId: string;
  password: string;
}

export interface MemberWish {
  account?: BuiltAccount;
  address?: string;
  userName?: string;
  /** null: invited, no password set yet. */
  password?: string | null;
  mfa?: boolean;
  mustChangePassword?: boolean;
  deletedAt?: Date;
}

/** A member, of a fresh account unless one is given. */
export async function buildMember(wish: MemberWish = {}): Promise<BuiltMember> {
  const account = wish.account ?? (await buildAccount());
  const address = mailAddress(wish.address ?? `member-${mark()}@example.jp`);
  const password = wish.password === undefined ? builtPassword : wish.password;
  const slot = 1 + (await Member.count({ where: { accountId: account.id, deletedAt: null } }));
  const member = await Member.create({
    accountId: account.id,
    slot,
    address: address.entered,
    addressCanonical: address.canonical,
    userName: wish.userName ?? 'テスト担当者1',
    passwordHash: password === null ? null : await hashOnce(password),
    setUpAt: password === null ? null : new Date(),
    mfa: wish.mfa ?? false,
    mustChangePassword: wish.mustChangePassword ?? false,
    deletedAt: wish.deletedAt ?? null,
  });
  return {
    kind: 'member',
    id: member.id,
    memberId: member.id,
    accountId: account.id,
    loginId: account.loginId,
    company: account.company,
    address: member.address,
    name: member.userName,
    password: password ?? '',
  };
}

export interface BuiltStaff extends Person {
  kind: 'staff';
  staffId: string;
  password: string;
}

/** A スタッフ. */
export async function buildStaff(over: { role?: StaffRole; name?: string } = {}): Promise<BuiltStaff> {
  connectDatabase();
  const address = `staff-${mark()}@example.jp`;
  const staff = await Staff.create({
    address,
    addressCanonical: address,
    name: over.name ?? 'テストスタッフ1',
    role: over.role ?? 'coordinator',
    passwordHash: await hashOnce(builtPassword),
  });
  return {
    kind: 'staff',
    id: staff.id,
    staffId: staff.id,
    accountId: undefined,
    address,
    name: staff.name,
    company: '',
    password: builtPassword,
  };
}

/** A full session of a member, and the secret its browser would hold. */
export async function buildMemberSession(member: BuiltMember): Promise<{ secret: string; session: MemberSession }> {
  const { secret } = await inTransaction((tx) => openSession(tx, member, { stage: 'full' }, buildVisit()));
  const session = await readMemberSession(secret);
  if (session === undefined) throw new Error('the built session does not live');
  return { secret, session };
}

/** A full session of a staff person, and the secret its browser would hold. */
export async function buildStaffSession(staff: BuiltStaff): Promise<{ secret: string; session: StaffSession }> {
  const { secret } = await inTransaction((tx) => openSession(tx, staff, { stage: 'full' }, buildVisit()));
  const session = await readStaffSession(secret);
  if (session === undefined) throw new Error('the built session does not live');
  return { secret, session };
}

export interface BuiltChallenge {
  challengeId: string;
  /** Of the browser the code is asked in. */
  secret: string;
  /** What the mail says. */
  code: string;
}

/** A person between password and code. */
export async function buildChallenge(person: BuiltMember | BuiltStaff): Promise<BuiltChallenge> {
  return inTransaction(async (tx) => {
    const opened = await openChallenge(tx, person, 'sign-in', buildVisit());
    if (!opened.ok) throw new Error(`the built challenge was refused: ${opened.reason}`);
    const { challengeId } = opened.value;
    const { secret } = await openSession(tx, person, { stage: 'code', challengeId }, buildVisit());
    return { challengeId, secret, code: deriveCode('sign-in', person.kind, challengeId, currentSecretKeyId()) };
  });
}

/** A product of the catalogue. */
export async function buildProduct(
  over: { code?: string; name?: string; available?: boolean } = {},
): Promise<{ code: string; name: string }> {
  connectDatabase();
  const code = over.code ?? `T-${mark().toUpperCase()}`;
  const name = over.name ?? `試験用測定器 ${code}`;
  await Product.create({
    code,
    name,
    category: '測定器',
    available: over.available ?? true,
    searchKey: searchKeyOf(`${code} ${name}`),
  });
  return { code, name };
}

/** A calendar date in Asia/Tokyo, `days` from today. */
export const jstDay = (days: number): string => jstDate(new Date(Date.now() + days * 86_400_000));

export const builtOrderer: Orderer = {
  company: '株式会社テスト電設',
  department: '設備部',
  person: 'テスト担当者1',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  telephone: '03-0000-0000',
  fax: '03-0000-0001',
};

export const builtDelivery: Delivery = {
  company: '株式会社テスト電設',
  department: '幕張作業所',
  person: 'テスト担当者2',
  postalCode: '261-0023',
  prefecture: '千葉県',
  address1: '千葉市美浜区中瀬1-1',
  address2: '',
  telephone: '043-000-0000',
  fax: '',
};

/** One row of an order that is taken in, if the product is on offer. */
export const buildItem = (over: Partial<ApplicationItem> = {}): ApplicationItem => ({
  productCode: 'DSX2-8000',
  productName: 'ケーブルアナライザ',
  startsOn: jstDay(7),
  endsOn: jstDay(39),
  quantity: 1,
  delivery: 1,
  ...over,
});

/** What a member applies for; the product row is the caller's. */
export const buildContent = (over: Partial<ApplicationContent> = {}): ApplicationContent => ({
  kind: 'order',
  rentalClass: 'short',
  orderer: builtOrderer,
  deliveries: [builtDelivery],
  items: [buildItem()],
  remarks: '',
  customerReference: '',
  ...over,
});

export interface ApplicationWish {
  member?: BuiltMember;
  content?: Partial<ApplicationContent>;
  /** Default `received`. */
  state?: ApplicationState;
  /** 申込日時, default now. */
  appliedAt?: Date;
}

/** An application brought to a state by the same verbs as in life. A member, a product and a staff person are made where needed. */
export async function buildApplication(wish: ApplicationWish = {}): Promise<ApplicationDetail> {
  const member = wish.member ?? (await buildMember());
  const state = wish.state ?? 'received';
  const id = await submit(member, state, wish.content ?? {});
  if (wish.appliedAt !== undefined)
    await rows('update applications set applied_at = $2 where id = $1', [id, wish.appliedAt]);
  if (state !== 'received') await takeIn(id);
  if (state === 'arranged' || state === 'unable') await answer(id, state);
  const built = await readApplication(member.accountId, { id });
  if (built === undefined) throw new Error('the built application is missing');
  return built;
}

async function submit(
  member: BuiltMember,
  state: ApplicationState,
  over: Partial<ApplicationContent>,
): Promise<string> {
  const product = await buildProduct({ available: state !== 'failed' });
  const items = over.items ?? [buildItem({ productCode: product.code, productName: product.name })];
  const sent = await submitApplication(member, randomUUID(), buildContent({ ...over, items }), buildVisit());
  if (!sent.ok) throw new Error('the built application was refused');
  return sent.value.id;
}

async function answer(id: string, state: 'arranged' | 'unable'): Promise<void> {
  const act =
    state === 'arranged' ? { verb: 'arrange' as const } : { verb: 'decline' as const, reason: '在庫がございません' };
  const given = await giveCommand(await buildStaff(), id, act, buildVisit());
  if (!given.ok) throw new Error('the built answer was refused');
  await applyCommand(given.value.commandId);
}
