/**
 * The invariant checker (faults.md, I1–I15): run after every fault, once the site has gone on. It knows nothing of which fault it was.
 * Not here: I11 (faults around a password change come with F04), and of I10 templates and cancellations, which don't exist yet.
 */
import { checkFlowEnds, checkOpenFlows, checkReplay, freshHistories } from './checker/flows.ts';
import type { Evidence, Seen, Violation } from './checker/evidence.ts';
import { checkMails } from './checker/mails.ts';
import { checkReceipts, checkRows } from './checker/rows.ts';
import { checkAnswers, checkHistories, checkLogs } from './checker/words.ts';

export interface Checker {
  /** What is broken; empty where every invariant holds. */
  check: (seen: Seen) => Promise<Violation[]>;
}

/** Remembers which histories of closed flows it has replayed already: they can't change any more. */
export function createChecker(evidence: Evidence): Checker {
  const { ask, mails, temporal, logDir, bundlePath, since } = evidence;
  const replayed = new Set<string>();
  return {
    check: async ({ submissions, answers, canaries, crashesAfterData }) => {
      const openFlows = await checkOpenFlows(ask, temporal);
      const histories = await freshHistories(temporal, replayed);
      return [
        ...(await checkReceipts(ask, submissions)),
        ...(await checkRows(ask, since)),
        ...(await checkMails(ask, await mails(), since, crashesAfterData)),
        ...openFlows,
        ...(await checkReplay(bundlePath, histories)),
        ...checkAnswers(answers),
        ...checkLogs(logDir, canaries),
        ...checkHistories(histories, canaries),
        ...(await checkFlowEnds(temporal)),
      ];
    },
  };
}
