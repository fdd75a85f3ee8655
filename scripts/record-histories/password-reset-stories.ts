/** パスワード再設定 as it runs in life; the link that nobody uses is in time-skipping.ts. */
import type { Client } from '@temporalio/client';
import { inTransaction } from '../../db/connect.ts';
import { firstRow } from '../../db/raw.ts';
import { askReset, completeReset, openResetFor } from '../../db/stores/password-reset.ts';
import { openSetup } from '../../db/stores/password-setup.ts';
import { buildMember, buildVisit, type BuiltMember } from '../../test/support/build.ts';
import { mailedToken } from '../../test/support/links.ts';
import { mailAddress } from '../../test/support/mail-address.ts';
import { passwordResetId } from '../../workflows/password-reset.contract.ts';
import { untilItWaits, type Story } from './stories.ts';

export function passwordResetStories(client: Client): Record<string, Story> {
  /** A member who asked, and whose flow has mailed the link and waits. */
  const mailed = async () => {
    const member = await buildMember();
    const workflowId = await ask(member);
    // The first wait is over at once: the pair is looked up.
    await untilItWaits(client, workflowId, 2);
    return { member, workflowId };
  };
  return {
    'password-reset.completed': async () => {
      const { member, workflowId } = await mailed();
      await setPassword(member);
      return workflowId;
    },
    'password-reset.cancelled': async () => {
      const { member, workflowId } = await mailed();
      await inTransaction((tx) => openResetFor(tx, member));
      return workflowId;
    },
    'password-reset.completed-without-asking': async () => {
      const member = await buildMember();
      await inTransaction((tx) => openResetFor(tx, member));
      const row = await firstRow<{ id: string }>('select id from procedures where member_id = $1', [member.id]);
      const workflowId = passwordResetId(row?.id ?? '');
      await untilItWaits(client, workflowId);
      await setPassword(member);
      return workflowId;
    },
    'password-reset.repeated': async () => ask((await mailed()).member),
    'password-reset.dismissed': async () => ask({ ...(await buildMember()), address: 'nobody@example.jp' }),
    'password-reset.setup-mailed': async () => {
      const invited = await buildMember({ password: null });
      await inTransaction((tx) => openSetup(tx, invited));
      return ask(invited);
    },
  };
}

/** Asks as the page does. @returns the id of the flow that looks the pair up */
async function ask({ loginId, address }: Pick<BuiltMember, 'loginId' | 'address'>): Promise<string> {
  await askReset({ loginId, address: mailAddress(address) }, buildVisit());
  const row = await firstRow<{ id: string }>(
    'select id from procedures where login_id = $1 order by created_at desc limit 1',
    [loginId],
  );
  return passwordResetId(row?.id ?? '');
}

async function setPassword(member: BuiltMember): Promise<void> {
  const token = await mailedToken(member.id, 'password-reset');
  const outcome = await completeReset(token, 'Atarashi-27', buildVisit());
  if (!outcome.ok) throw new Error(`the link is ${outcome.reason}`);
}
