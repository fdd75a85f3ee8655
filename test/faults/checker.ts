/**
 * The invariant checker (faults.md, I1–I15): run after every fault, once the site has gone on. It knows nothing of which fault it was.
 * Not here: I11 (faults around a password change come with F04), and of I10 templates and cancellations, which don't exist yet.
 */
import { checkFlowEnds, checkOpenFlows, checkReplay, freshHistories } from './checker/flows.ts';
import type { Evidence, Seen, Violation } from './checker/evidence.ts';
import { checkMails, countCopies } from './checker/mails.ts';
import { checkReceipts, checkRows } from './checker/rows.ts';
import { checkAnswers, checkHistories, checkLogs } from './checker/words.ts';

export interface Checker {
  /** What is broken; empty where every invariant holds. `seen.answers` and `seen.crashesAfterData`: since the last check. */
  check: (seen: Seen) => Promise<Violation[]>;
}

/** Remembers what was judged before: histories as far as they had come, logs that were read, mails that came twice. */
export function createChecker(evidence: Evidence): Checker {
  const { ask, temporal, logDir, bundlePath, since } = evidence;
  const replayed = new Map<string, number>();
  const read = new Map<string, number>();
  let copiesBefore = 0;
  return {
    check: async ({ submissions, answers, canaries, crashesAfterData }) => {
      const openFlows = await checkOpenFlows(ask, temporal);
      const histories = await freshHistories(temporal, replayed);
      const mails = await evidence.mails();
      const copiesAllowed = copiesBefore + crashesAfterData;
      copiesBefore = countCopies(mails);
      return [
        ...(await checkReceipts(ask, submissions)),
        ...(await checkRows(ask, since)),
        ...(await checkMails(ask, mails, copiesAllowed)),
        ...openFlows,
        ...(await checkReplay(bundlePath, histories)),
        ...checkAnswers(answers),
        ...checkLogs(logDir, read, canaries),
        ...checkHistories(histories, canaries),
        ...(await checkFlowEnds(temporal)),
      ];
    },
  };
}
