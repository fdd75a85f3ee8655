/** メールアドレス変更 as it runs in life; its waits of a day are in time-skipping.ts. */
import type { Client } from '@temporalio/client';
import { firstRow } from '../../db/raw.ts';
import { confirmNewAddress, giveNewAddress } from '../../db/stores/address-switch.ts';
import { cancelEmailChange, requestEmailChange } from '../../db/stores/email-change.ts';
import { buildAccount, buildMember, buildVisit } from '../../test/support/build.ts';
import { buildRequestedChange, freshAddress } from '../../test/support/email-change.ts';
import { mailedToken } from '../../test/support/links.ts';
import { mailAddress } from '../../test/support/mail-address.ts';
import { emailChangeId } from '../../workflows/email-change.contract.ts';
import { untilItWaits, type Story } from './stories.ts';

export function emailChangeStories(client: Client): Record<string, Story> {
  /** Asked for, and its flow waits. */
  const requested = async () => {
    const account = await buildAccount();
    const member = await buildMember({ account });
    const change = await buildRequestedChange(member);
    const row = await firstRow<{ id: string }>('select id from procedures where member_id = $1', [member.id]);
    const workflowId = emailChangeId(row?.id ?? '');
    await untilItWaits(client, workflowId);
    return { account, member, ...change, workflowId };
  };
  /** The new address is given, and its flow waits again. */
  const confirming = async () => {
    const change = await requested();
    const newAddress = freshAddress();
    const typed = { password: change.member.password, address: mailAddress(newAddress) };
    await giveNewAddress(change.requestToken, typed, buildVisit());
    await untilItWaits(client, change.workflowId, 2);
    return { ...change, newAddress, token: await mailedToken(change.member.id, 'email-change-confirmation') };
  };
  return {
    'email-change.switched': async () => {
      const { token, workflowId } = await confirming();
      await confirmNewAddress(token, undefined, buildVisit());
      return workflowId;
    },
    'email-change.refused': async () => {
      const { account, newAddress, token, workflowId } = await confirming();
      await buildMember({ account, address: newAddress });
      await confirmNewAddress(token, undefined, buildVisit());
      return workflowId;
    },
    'email-change.cancelled-before-the-address': async () => {
      const { session, workflowId } = await requested();
      await cancelEmailChange(session, buildVisit());
      return workflowId;
    },
    'email-change.cancelled': async () => {
      const { session, workflowId } = await confirming();
      await cancelEmailChange(session, buildVisit());
      return workflowId;
    },
    'email-change.superseded-before-the-address': async () => {
      const { session, workflowId } = await requested();
      await requestEmailChange(session, buildVisit());
      return workflowId;
    },
    'email-change.superseded': async () => {
      const { session, workflowId } = await confirming();
      await requestEmailChange(session, buildVisit());
      return workflowId;
    },
  };
}
