/** Seals the audit trail behind everybody's back, a moment after its lines were committed (S70). */
import { readHorizon, sealUpTo, type Horizon } from '../db/stores/audit-seals.ts';
import { startRounds, type Rounds } from '../runtime/rounds.ts';

const EVERY_MILLISECONDS = 2000;

export function startSealer(): Rounds {
  let horizon: Horizon | undefined;
  return startRounds('sealer', EVERY_MILLISECONDS, async () => {
    if (horizon === undefined || (await sealUpTo(horizon))) horizon = await readHorizon();
  });
}
