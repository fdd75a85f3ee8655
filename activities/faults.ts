/**
 * What leaves an activity as a failure: a stable code and the id of the row, nothing else. A message or stack of a database or mail
 * error quotes values and addresses, and both the service's history and the worker's log would keep them (S66).
 */
import { ApplicationFailure } from '@temporalio/activity';
import { crashPoint } from '../runtime/crash-points.ts';
import { MailRefusedForNow } from './mail/transport.ts';

type Activity = (...args: never[]) => Promise<unknown>;

/**
 * Wraps each activity: its failures are rewritten, and a fault test may let the process die before or after it
 * (`CRASH=activity.takeIn.before`). The first argument of every activity is the id of its row.
 */
export function withFaults<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]: [string, Activity]) => [
    name,
    async (...args: never[]) => {
      crashPoint(`activity.${name}.before`);
      try {
        const result = await activity(...args);
        crashPoint(`activity.${name}.after`);
        return result;
      } catch (error) {
        throw faultOf(error, name, args[0]);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

/** Always retryable: no business refusal is thrown, and everything else may be over at the next try. */
function faultOf(error: unknown, name: string, rowId: unknown): ApplicationFailure {
  const code = codeOf(error);
  const failure = ApplicationFailure.retryable(`${code} in ${name} of ${String(rowId)}`, code);
  failure.stack = '';
  return failure;
}

/** `database-57P01` (SQLSTATE), `database-unreachable`, `mail-451`, `mail-unreachable`, or `unexpected-TypeError`. */
export function codeOf(error: unknown): string {
  if (error instanceof MailRefusedForNow) return `mail-${error.answer}`;
  if (!(error instanceof Error)) return 'unexpected';
  if (!error.name.startsWith('Sequelize')) return `unexpected-${error.name}`;
  const sqlState = (error as { parent?: { code?: unknown } }).parent?.code;
  return typeof sqlState === 'string' && /^[0-9A-Z]{5}$/.test(sqlState)
    ? `database-${sqlState}`
    : 'database-unreachable';
}
