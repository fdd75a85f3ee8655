/** 新しいメールアドレス, as typed: what can be judged without the database (S78: normalised first, validated after). */
import { z } from 'zod';
import { readKeptInput } from '../../db/stores/kept-inputs.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { parseMailAddress, type MailAddress } from '../../domain/mail-address.ts';
import { plainFields } from './posted.server.ts';

export interface NewAddressFault {
  field: 'currentPassword' | 'newAddress';
  fault: 'required' | 'no-address';
}

const schema = z.object({ currentPassword: z.string(), newAddress: z.string() });

export type JudgedNewAddress =
  { ok: true; password: string; address: MailAddress } | { ok: false; faults: NewAddressFault[]; typed: string };

/** Every fault is told at once. `typed`: the address, to be given back; the password never is. @throws Response 400 for what no form of ours posts */
export function judgeNewAddress(fields: Map<string, string>): JudgedNewAddress {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const { currentPassword: password, newAddress: typed } = posted.data;
  const address = parseMailAddress(typed);
  if (password !== '' && address !== undefined) return { ok: true, password, address };
  const faults: NewAddressFault[] = [];
  if (password === '') faults.push({ field: 'currentPassword', fault: 'required' });
  if (address === undefined)
    faults.push({ field: 'newAddress', fault: typed.trim() === '' ? 'required' : 'no-address' });
  return { ok: false, faults, typed };
}

/** What was typed on the page at `path` when the session of the browser had ended meanwhile; undefined for nothing, or nobody. */
export async function keptNewAddress(member: MemberSession | undefined, path: string): Promise<string | undefined> {
  const kept = member?.stage === 'full' ? await readKeptInput(member.memberId, path) : undefined;
  return kept === undefined ? undefined : plainFields(kept).get('newAddress');
}
