/** A burst of work of every kind: orders and sign-ins with a code, each with its letters, some twenty flows in all. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../clients.ts';
import type { Rig } from '../rig.ts';

export interface Work {
  orders: Order[];
  /** Presses every button, each at its moment (milliseconds from now). Resolves when everybody has an answer. */
  begin: (moment: (from: number) => number) => Promise<void>;
}

const ORDERS = 8;
const SIGN_INS = 3;

/** Two members with filled-in orders, and others about to sign in with a code. */
export async function prepareWork(rig: Rig): Promise<Work> {
  const { clients } = rig;
  const members = [await rig.member(), await rig.member()];
  const orders: Order[] = [];
  for (const member of members) {
    const browser = await clients.signIn(member);
    for (let count = 0; count < ORDERS / members.length; count += 1)
      orders.push(await clients.prepareOrder(browser, member));
  }
  const signingIn = await Promise.all(Array.from({ length: SIGN_INS }, () => rig.member({ mfa: true })));
  await rig.goneOn(Date.now());
  return {
    orders,
    begin: async (moment) => {
      const acts = [
        ...orders.map((order) => () => clients.sendUntilReceipt(order)),
        ...signingIn.map((member) => () => clients.signInPatiently(member)),
      ].map(async (act) => {
        await sleep(moment(0));
        await act();
      });
      await Promise.all(acts);
    },
  };
}
