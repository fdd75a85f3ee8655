/** The demo's customers and staff. The README names them; the companies are invented. */
import type { Tx } from '../connect.ts';
import { Account, Member, Staff } from '../models/index.ts';
import { hashPassword } from '../stores/passwords.ts';

const MEMBER_PASSWORD = 'Kashi-2026';
const STAFF_PASSWORD = 'Tehai-2026';
/** They were customers before the oldest demo application. */
const CUSTOMERS_SINCE_DAYS = 180;

const customers = [
  {
    account: {
      loginId: 'demo0001',
      company: '株式会社サンプル電設',
      department: '設備工事部',
      postalCode: '261-0023',
      address: '千葉県千葉市美浜区中瀬1-1-1 サンプルビル5階',
      telephone: '043-000-1111',
      fax: '043-000-1112',
    },
    members: [
      { address: 'tanto1@example.jp', userName: 'テスト担当者1', mustChangePassword: true, mfa: false },
      { address: 'tanto2@example.jp', userName: 'テスト担当者2', mustChangePassword: false, mfa: false },
      { address: 'tanto3@example.jp', userName: 'テスト担当者3', mustChangePassword: false, mfa: true },
    ],
  },
  {
    account: {
      loginId: 'demo0002',
      company: 'サンプル通信建設株式会社',
      department: '資材課',
      postalCode: '530-0001',
      address: '大阪府大阪市北区梅田1-1-1',
      telephone: '06-0000-2222',
      fax: '06-0000-2223',
    },
    members: [{ address: 'tanto1@example.jp', userName: 'テスト担当者1', mustChangePassword: false, mfa: false }],
  },
];

export interface DemoCustomer {
  account: Account;
  members: Member[];
}

/** Writes them all. Slow by some tenths of a second: each password has its own salt. */
export async function seedPeople(tx: Tx): Promise<{ customers: DemoCustomer[]; staff: Staff }> {
  const seeded: DemoCustomer[] = [];
  const createdAt = new Date(Date.now() - CUSTOMERS_SINCE_DAYS * 86_400_000);
  for (const { account, members } of customers) {
    const row = await Account.create({ ...account, createdAt }, { transaction: tx });
    const hashes = await Promise.all(members.map(() => hashPassword(MEMBER_PASSWORD)));
    const rows = members.map((member, index) => ({
      ...member,
      createdAt,
      accountId: row.id,
      slot: index + 1,
      addressCanonical: member.address,
      passwordHash: hashes[index] ?? null,
      setUpAt: new Date(),
    }));
    seeded.push({ account: row, members: await Member.bulkCreate(rows, { transaction: tx, returning: true }) });
  }
  const staff = await Staff.create(
    {
      address: 'staff@example.jp',
      addressCanonical: 'staff@example.jp',
      name: 'テストスタッフ1',
      role: 'administrator',
      createdAt,
      passwordHash: await hashPassword(STAFF_PASSWORD),
    },
    { transaction: tx },
  );
  return { customers: seeded, staff };
}
