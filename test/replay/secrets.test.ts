/** S65, S66: no history tells a secret or anything personal, whatever the fixtures put into their rows. */
import { expect, test } from 'vitest';
import { builtDelivery, builtOrderer, builtPassword, buildVisit } from '../support/build.ts';
import { committedHistories, payloadsOf } from './committed-histories.ts';

/** What the recorded flows' rows hold. One letter or an empty field would be found anywhere. */
const FIXTURES = [
  builtPassword,
  ...Object.values<string>({ ...builtOrderer }),
  ...Object.values<string>({ ...builtDelivery }),
  'テストスタッフ1',
  '在庫がございません',
  buildVisit().ip,
  buildVisit().userAgent,
  'example.jp',
].filter((text) => text.length > 3);

/** By their form: a mail address, Japanese text, a code of six digits. */
const FORMS = [/@/, /[^\p{ASCII}]/u, /(?<![0-9A-Za-z-])\d{6}(?![0-9A-Za-z-])/];

/** The payloads that tell something they must not. Numbers are counts and milliseconds: only texts can hold a secret. */
function told(payloads: string[]): string[] {
  return payloads.filter((payload) =>
    textsOf(JSON.parse(payload)).some(
      (text) => FIXTURES.some((fixture) => text.includes(fixture)) || FORMS.some((form) => form.test(text)),
    ),
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

test.each(committedHistories)('$name tells no secret', ({ text, history }) => {
  expect(told(payloadsOf(history))).toEqual([]);
  expect(FIXTURES.filter((fixture) => text.includes(fixture))).toEqual([]);
});

test.each([builtPassword, builtOrderer.company, 'member-1@example.jp', '"690749"'])(
  'a planted %s is found',
  (secret) => {
    const data = Buffer.from(JSON.stringify({ state: secret })).toString('base64');

    expect(told(payloadsOf({ events: [{ result: { payloads: [{ data }] } }] }))).toHaveLength(1);
  },
);
