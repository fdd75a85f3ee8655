/** Links in mails, whatever they are for (security.md S15, S20). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTransaction, type Tx } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { openLink, readLink, takeLink } from '../../db/stores/links.ts';
import { openProcedure } from '../../db/stores/procedures.ts';
import { currentSecretKeyId, deriveLinkToken } from '../../db/stores/secrets.ts';
import { linkPurposes, type LinkPurpose, type ProcedureKind } from '../../domain/procedures.ts';
import { buildMember } from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

const KINDS: Record<LinkPurpose, ProcedureKind | undefined> = {
  'password-reset': 'password-reset',
  'password-setup': 'password-setup',
  'email-change-request': 'email-change',
  'email-change-confirmation': 'email-change',
  'sign-in-notice': undefined,
};

/** A link of each purpose, each with its own member. @returns its token */
async function mailed(tx: Tx, purpose: LinkPurpose): Promise<string> {
  const { id: memberId } = await buildMember();
  const kind = KINDS[purpose];
  const times = { dueSeconds: 60, lifetimeSeconds: 60 };
  const state =
    kind === 'email-change' ? ({ kind, state: 'requested' } as const) : kind && ({ kind, state: 'open' } as const);
  const procedureId = state === undefined ? null : await openProcedure(tx, { ...state, ...times, memberId });
  const { facts } = await openLink(tx, { purpose, memberId, procedureId, lifetimeSeconds: 60 });
  return deriveLinkToken(purpose, facts.linkId, facts.keyId);
}

it('a token of one purpose is unknown to every other', async () => {
  for (const purpose of linkPurposes) {
    const token = await inTransaction((tx) => mailed(tx, purpose));

    for (const asked of linkPurposes.filter((other) => other !== purpose)) {
      expect(await readLink(asked, token), `${purpose} as ${asked}`).toEqual({ ok: false, reason: 'unknown' });
      expect(await inTransaction((tx) => takeLink(tx, asked, token))).toEqual({ ok: false, reason: 'unknown' });
    }
    expect((await inTransaction((tx) => takeLink(tx, purpose, token))).ok).toBe(true);
  }
});

it('tokens are 256 bits in base64url, and no two are alike', () => {
  const keyId = currentSecretKeyId();
  const ids = Array.from({ length: repeats(2_000, 20_000) }, () => randomUUID());

  const tokens = ids.flatMap((id) => linkPurposes.map((purpose) => deriveLinkToken(purpose, id, keyId)));

  expect(tokens.filter((token) => !/^[\w-]{43}$/.test(token))).toEqual([]);
  expect(new Set(tokens).size).toBe(tokens.length);
});

it('the database holds no token in clear', async () => {
  const token = await inTransaction((tx) => mailed(tx, 'sign-in-notice'));

  const dumped = await rows<{ row: string }>(
    `select row_to_json(links)::text as row from links union all select row_to_json(letters)::text from letters
     union all select row_to_json(outbox)::text from outbox union all select row_to_json(audit)::text from audit`,
  );

  expect(dumped.length).toBeGreaterThan(0);
  expect(dumped.filter(({ row }) => row.includes(token))).toEqual([]);
});
