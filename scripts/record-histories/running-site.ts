/** Histories of flows as they run in life: rows through the stores, worker, relay and mail catcher of a running site. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { inTransaction } from '../../db/connect.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { giveCommand, type StaffAct } from '../../db/stores/commands.ts';
import { readLetterStanding, writeLetter } from '../../db/stores/letters.ts';
import { firstRow } from '../../db/raw.ts';
import { replaceSession } from '../../db/stores/sessions.ts';
import { limits } from '../../runtime/limits.ts';
import { awaitIntake } from '../../temporal/application.door.ts';
import {
  buildApplication,
  buildChallenge,
  buildMember,
  buildStaff,
  buildVisit,
  type ApplicationWish,
} from '../../test/support/build.ts';
import { startSite } from '../../test/support/site.ts';
import { applicationId } from '../../workflows/application.contract.ts';
import { giveUp, letterId, retry } from '../../workflows/letter.contract.ts';
import { otpId } from '../../workflows/otp.contract.ts';
import { emailChangeStories } from './email-change-stories.ts';
import { passwordResetStories } from './password-reset-stories.ts';
import type { Save } from './save.ts';
import { soon, untilItWaits, type Story } from './stories.ts';
import type { Run } from '../start/run-file.ts';

/** @param dataDir of a site that runs already; without it one is started, and stopped at the end */
export async function recordFromSite(save: Save, dataDir: string | undefined): Promise<void> {
  const site = dataDir === undefined ? await startSite() : undefined;
  const folder = site?.dataDir ?? dataDir ?? '';
  const { urls } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Run;
  // This process writes rows like the site's own: same database, same keys.
  Object.assign(process.env, { DATA_DIR: folder, DATABASE_URL: urls['database'], TEMPORAL_ADDRESS: urls['temporal'] });
  const connection = await Connection.connect({ address: urls['temporal'] ?? '' });
  try {
    const client = new Client({ connection });
    const stories = {
      ...otpStories(client),
      ...emailChangeStories(client),
      ...passwordResetStories(client),
      ...letterStories(client, urls['mail'] ?? ''),
      ...applicationStories,
    };
    for (const [name, play] of Object.entries(stories)) {
      const handle = client.workflow.getHandle(await play());
      await soon(() => handle.result());
      await save(name, historyToJSON(await handle.fetchHistory()));
    }
  } finally {
    await site?.stop();
  }
}

function otpStories(client: Client): Record<string, Story> {
  /** A code whose flow waits already. */
  const waiting = async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    await untilItWaits(client, otpId(challenge.challengeId));
    return challenge;
  };
  return {
    'otp.accepted': async () => {
      const { challengeId, code, secret } = await waiting();
      await tryCode(challengeId, secret, code, buildVisit());
      return otpId(challengeId);
    },
    'otp.exhausted': async () => {
      const { challengeId, code, secret } = await waiting();
      const wrong = code === '000000' ? '000001' : '000000';
      for (let tries = 0; tries < limits().codeTries; tries += 1)
        await tryCode(challengeId, secret, wrong, buildVisit());
      return otpId(challengeId);
    },
    'otp.cancelled': async () => {
      const { challengeId, secret } = await waiting();
      await inTransaction((tx) => replaceSession(tx, secret));
      return otpId(challengeId);
    },
  };
}

async function anyLetter(recipient: string): Promise<string> {
  const subjectId = randomUUID();
  const facts = { company: '株式会社テスト電設', name: 'テスト担当者1', changedAt: new Date().toISOString() };
  await inTransaction((tx) =>
    writeLetter(tx, { kind: 'password-changed', subjectId, occurrence: 'first', recipient, facts }),
  );
  const row = await firstRow<{ id: string }>('select id from letters where subject_id = $1', [subjectId]);
  return row?.id ?? '';
}

function letterStories(client: Client, catcher: string): Record<string, Story> {
  const refused = 'refused@example.jp';
  const setMode = (mode: object) =>
    fetch(`${catcher}/api/mode`, {
      method: 'PUT',
      body: JSON.stringify(mode),
      headers: { 'Content-Type': 'application/json' },
    });
  const act = (id: string, update: typeof retry) =>
    client.workflow.getHandle(letterId(id)).executeUpdate(update, { args: [{ operator: 'ops1' }] });
  const parked = async () => {
    await setMode({ mode: 'refuse-permanent', to: refused });
    const id = await anyLetter(refused);
    while ((await readLetterStanding(id)).state !== 'parked') await sleep(100);
    return id;
  };
  return {
    'letter.sent': async () => letterId(await anyLetter('taken@example.jp')),
    'letter.retried': async () => {
      const id = await parked();
      await setMode({ mode: 'accept' });
      await act(id, retry);
      return letterId(id);
    },
    'letter.given-up': async () => {
      const id = await parked();
      await act(id, giveUp);
      await setMode({ mode: 'accept' });
      return letterId(id);
    },
  };
}

async function submitted(wish: ApplicationWish = {}): Promise<string> {
  const { id } = await buildApplication(wish);
  await awaitIntake(id);
  return id;
}

async function answered(act: StaffAct): Promise<string> {
  const id = await submitted();
  await giveCommand(await buildStaff(), id, act, buildVisit());
  return applicationId(id);
}

const applicationStories: Record<string, Story> = {
  'application.arranged': () => answered({ verb: 'arrange' }),
  'application.unable': () => answered({ verb: 'decline', reason: '在庫がございません' }),
  'application.failed': async () => {
    const items = [
      { productCode: 'NONE', productName: '', startsOn: '2030-01-01', endsOn: '2030-01-10', quantity: 1, delivery: 1 },
    ];
    return applicationId(await submitted({ content: { items } }));
  },
};
