/** Every letter word for word: test/activities/golden. After a change of words, `npx vitest run -u` writes them anew; read the difference. */
import { expect, test } from 'vitest';
import { emailChanged } from '../../activities/mail/letters/email-changed.ts';
import { writeLetterText } from '../../activities/mail/letters/index.ts';
import { registrationChanged } from '../../activities/mail/letters/registration-changed.ts';
import type { StoredLetter } from '../../db/stores/letters.ts';
import type { ApplicationFacts, LetterFacts, LetterKind } from '../../domain/letters.ts';
import type { LinkPurpose } from '../../domain/procedures.ts';
import { brand } from '../../runtime/brand.ts';

const site = { brand, publicOrigin: 'https://member.nttrec.example' };

const LETTER = '1d7c1e9e-0000-4000-8000-000000000001';
const SUBJECT = '1d7c1e9e-0000-4000-8000-000000000002';

const order: ApplicationFacts = {
  company: '株式会社テスト電設',
  person: 'テスト担当者1',
  applicationNumber: 'A34679ACD',
  orderNumber: '202205100010',
  kind: 'order',
  appliedAt: '2022-04-13T05:48:00.000Z',
  items: [
    {
      productCode: 'DSX2-8000',
      productName: 'ケーブルアナライザ',
      startsOn: '2027-12-28',
      endsOn: '2028-01-29',
      quantity: 2,
    },
    {
      productCode: 'FB-100',
      productName: '光ファイバテープ単心分離具II',
      startsOn: '2028-02-29',
      endsOn: '2028-02-29',
      quantity: 1,
    },
  ],
};

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

const TOKEN = 'q0sV3nX6Yb1LrC8tD2fGh5jK7mN9pQwE4uIoA0zB1c8';

const link = (purpose: LinkPurpose) => ({
  linkId: '11111111-1111-4111-8111-111111111111',
  purpose,
  keyId: 'k1',
  reference: 'GXCP',
  expiresAt: '2022-04-16T05:48:00.000Z',
});

const facts: { [Kind in LetterKind]: LetterFacts[Kind] } = {
  'one-time-password': {
    name: 'テスト担当者1',
    reference: 'GXCP',
    expiresAt: '2022-04-13T05:58:00.000Z',
    person: 'member',
    keyId: 'k1',
    purpose: 'sign-in',
  },
  'sign-in-notice': {
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    signedInAt: '2022-04-13T15:01:00.000Z',
    ip: '192.0.2.1',
    browser: chrome,
    link: { ...link('sign-in-notice'), expiresAt: '2022-04-20T15:01:00.000Z' },
  },
  'sign-in-reported': {
    customerNumber: 'C000123',
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    signedInAt: '2022-04-13T15:01:00.000Z',
    stoppedAt: '2022-04-14T00:30:00.000Z',
  },
  'password-reset': {
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    stopped: false,
    link: link('password-reset'),
  },
  'password-setup': { company: '株式会社テスト電設', again: false, link: link('password-setup') },
  'email-change-request': { company: '株式会社テスト電設', name: 'テスト担当者1', link: link('email-change-request') },
  'email-change-confirmation': { link: link('email-change-confirmation') },
  'email-changed': {
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    changedAt: '2022-12-31T15:00:00.000Z',
    mailbox: 'old',
    maskedAddress: 's***@example.jp',
  },
  'password-changed': { company: '株式会社テスト電設', name: 'テスト担当者1', changedAt: '2022-12-31T15:00:00.000Z' },
  'registration-changed': {
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    changedAt: '2022-12-31T15:00:00.000Z',
    changes: ['user-name', 'mfa-off'],
  },
  'member-added-by-staff': {
    company: '株式会社テスト電設',
    name: 'テスト担当者1',
    address: 'tanto2@example.jp',
    addedAt: '2022-04-13T05:48:00.000Z',
  },
  'member-deleted': {
    company: '株式会社テスト電設',
    name: 'テスト担当者2',
    invited: false,
    deletedAt: '2022-04-13T05:48:00.000Z',
  },
  'other-member-deleted': {
    company: '株式会社テスト電設',
    name: 'テスト担当者3',
    deleted: { name: 'テスト担当者2', address: 'tanto2@example.jp' },
    by: { name: 'テスト担当者1', address: 'tanto1@example.jp' },
    deletedAt: '2022-04-13T05:48:00.000Z',
  },
  'application-accepted': order,
  'application-failed': { ...order, orderNumber: null, refusal: 'product-discontinued' },
  'application-arranged': order,
  'application-unable': { ...order, reason: 'ご希望の期間は在庫がございません。\n5月以降でしたら手配できます。' },
  'staff-reminder': {
    customerNumber: 'C000123',
    applicationNumber: 'A34679ACD',
    orderNumber: '202205100010',
    kind: 'order',
    waitingSince: '2022-04-13T05:48:01.000Z',
  },
};

function write(kind: LetterKind): { subject: string; text: string } {
  const letter = { id: LETTER, kind, subjectId: SUBJECT, facts: facts[kind] } as unknown as StoredLetter;
  return writeLetterText(letter, site, { deriveCode: () => '690749', deriveLinkToken: () => TOKEN });
}

const kinds = Object.keys(facts) as LetterKind[];

test.each(kinds)('%s reads as its golden text', async (kind) => {
  const { subject, text } = write(kind);

  await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`golden/${kind}.txt`);
});

test.each(kinds)(
  '%s: site in the subject, signature, note that nobody reads answers, no code in the subject',
  (kind) => {
    const { subject, text } = write(kind);

    expect(subject).toMatch(/^【WEB会員専用ご注文サイト】/);
    expect(subject).not.toMatch(/\d/);
    for (const words of [brand.companyName, brand.telephone, brand.telephoneHours, '送信専用'])
      expect(text).toContain(words);
  },
);

test('the mail with the code that turns 多要素認証 on says what it is for', async () => {
  const text = JSON.stringify({ ...facts['one-time-password'], purpose: 'mfa-on' });
  const letter = { id: LETTER, kind: 'one-time-password', subjectId: SUBJECT, facts: JSON.parse(text) as unknown };
  const asked: string[] = [];
  const written = writeLetterText(letter as StoredLetter, site, {
    deriveCode: (purpose) => {
      asked.push(purpose);
      return '690749';
    },
    deriveLinkToken: () => TOKEN,
  });

  expect(asked).toEqual(['mfa-on']);
  await expect(`Subject: ${written.subject}\n\n${written.text}`).toMatchFileSnapshot(
    'golden/one-time-password.mfa-on.txt',
  );
});

test('the reset after an unknown sign-in says that the old password is worth nothing any more', async () => {
  const text = JSON.stringify({ ...facts['password-reset'], stopped: true });
  const letter = { id: LETTER, kind: 'password-reset', subjectId: SUBJECT, facts: JSON.parse(text) as unknown };
  const written = writeLetterText(letter as StoredLetter, site, {
    deriveCode: () => '690749',
    deriveLinkToken: () => TOKEN,
  });

  await expect(`Subject: ${written.subject}\n\n${written.text}`).toMatchFileSnapshot(
    'golden/password-reset.stopped.txt',
  );
});

test('the code stands alone on its line', () => {
  expect(write('one-time-password').text.split('\n')).toContain('690749');
});

test.each(kinds.filter((kind) => kind.startsWith('application-')))(
  '%s: the page of the application stands alone on its line',
  (kind) => {
    expect(write(kind).text.split('\n')).toContain('https://member.nttrec.example/account/applications/A34679ACD');
  },
);

test('email-changed reads as its golden text in the new mailbox too', async () => {
  const { text } = emailChanged({ ...facts['email-changed'], mailbox: 'new' }, site);

  await expect(text).toMatchFileSnapshot('golden/email-changed-new.txt');
});

test.each(['mfa-off-by-staff', 'mfa-required', 'mfa-released'] as const)(
  'registration-changed reads as its golden text when staff did it: %s',
  async (change) => {
    const { text } = registrationChanged({ ...facts['registration-changed'], changes: [change] }, site);

    await expect(text).toMatchFileSnapshot(`golden/registration-changed.${change}.txt`);
  },
);
