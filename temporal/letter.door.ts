/** The door to the flow of a letter. Nobody waits for it: the relay alone starts it. */
import { readLetterStanding } from '../db/stores/letters.ts';
import { letterWaitsFor } from '../domain/flows/waits-for.ts';
import { letterId as flowId, letterType, type LetterInput } from '../workflows/letter.contract.ts';
import { startOf, type Door } from './door.ts';

export const letterDoor: Door = {
  workflowType: letterType,
  workflowId: flowId,
  startOptions: async (letterId) => {
    const row = await readLetterStanding(letterId);
    const { state, since, kind, customerNumber, applicationNumber, orderNumber } = row;
    const input: LetterInput = { letterId };
    return startOf(
      flowId(letterId),
      input,
      {
        customerNumber,
        applicationNumber,
        orderNumber,
        flowState: state,
        waitsFor: letterWaitsFor[state],
        stateSince: since,
        needsAttention: state === 'parked',
      },
      [customerNumber ?? 'staff', applicationNumber, kind],
    );
  },
  facts: {},
};
