/** Letters as their rows and their flows show them: for what the mail server does to them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LetterState } from '../../../domain/flows/letter.ts';
import type { Rig } from '../rig.ts';

export interface LetterSeen {
  id: string;
  state: LetterState;
  tries: number;
  /** The mail server's last word on it, three digits. */
  refusal: string | null;
}

const WITHIN_MS = 30_000;

/** A letter without a code is tried again at most 60 s after the last try (letter.workflow.ts). */
export const NEXT_TRY_WITHIN_MS = 75_000;

/** All to an address, oldest first. */
export const lettersTo = ({ database }: Rig, address: string): Promise<LetterSeen[]> =>
  database.rows<LetterSeen>(
    'select id, state, tries, refusal from letters where recipient = $1 order by created_at, id',
    [address],
  );

/** The oldest letter to an address that is in a state, once there is one. @throws Error when none comes to it */
export async function letterIn(rig: Rig, address: string, state: LetterState): Promise<LetterSeen> {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    const letters = await lettersTo(rig, address);
    const found = letters.find((letter) => letter.state === state);
    if (found !== undefined) return found;
    const states = letters.map((letter) => letter.state).join(', ');
    if (Date.now() > end) throw new Error(`no letter to ${address} is ${state}, but: ${states}`);
    await sleep(100);
  }
}

/** Waits until the newest try of a letter has failed so, e.g. `mail-451`. @throws Error when it doesn't: the fault did not hit */
export async function triedInVain(rig: Rig, { id }: Pick<LetterSeen, 'id'>, failure: string): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    const last = await lastFailure(rig, id);
    if (last === failure) return;
    if (Date.now() > end) throw new Error(`the fault did not hit: the last try: ${last ?? 'none'}, not ${failure}`);
    await sleep(100);
  }
}

/** As operators see it in the flow's pending activity; undefined while no try has failed or the relay hasn't started the flow. */
async function lastFailure({ temporal }: Rig, id: string): Promise<string | undefined> {
  const described = await temporal.workflow
    .getHandle(`letter/${id}`)
    .describe()
    .catch(() => undefined);
  return described?.raw.pendingActivities?.[0]?.lastFailure?.applicationFailureInfo?.type ?? undefined;
}

/** @throws Error unless every letter to this address has come exactly once */
export async function expectEachOnce(rig: Rig, address: string): Promise<void> {
  const letters = await lettersTo(rig, address);
  const mails = await rig.mail.arrived(address, letters.length);
  if (mails.length !== letters.length) throw new Error(`${letters.length} letters came as ${mails.length} mails`);
}
