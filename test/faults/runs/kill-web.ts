/** F03: the web process dies in the middle of a submission; the member presses the button again. */
import { submitPoints } from '../crashing.ts';
import type { Rig } from '../rig.ts';
import { repeat, times, type FaultRun } from './run.ts';

export function killWebInSubmission(): FaultRun[] {
  return repeat(times(1, 10), () => submitPoints)
    .flat()
    .map((point) => ({ fault: 'F03', name: `kill -9 web at ${point}`, counts: 1, strike: (rig) => dieAt(rig, point) }));
}

async function dieAt(rig: Rig, point: string): Promise<number[]> {
  const { clients, crash } = rig;
  const member = await rig.member();
  const order = await clients.prepareOrder(await clients.signIn(member), member);
  await rig.goneOn(Date.now());
  crash.arm(point);
  if ((await clients.send(order)) !== undefined) throw new Error(`the fault did not hit: a receipt came past ${point}`);
  const died = await crash.hit(point);
  await clients.sendUntilReceipt(order);
  return [await rig.goneOn(died)];
}
