/** I12 and I14: what people were shown, and what may stand nowhere that operators read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowHistory } from './flows.ts';
import type { SeenAnswer, Violation } from './evidence.ts';

/** I12: a success page, a Japanese error page with Retry-After, or a broken connection. */
export function checkAnswers(answers: SeenAnswer[]): Violation[] {
  return answers.flatMap((answer) => {
    const wrong = 'broken' in answer || answer.status < 400 ? undefined : wrongWith(answer);
    return wrong === undefined ? [] : [{ invariant: 'I12' as const, what: `${answer.path}: ${wrong}` }];
  });
}

function wrongWith({ status, body, retryAfter }: Exclude<SeenAnswer, { broken: string }>): string | undefined {
  if (/^\s+at .+:\d+:\d+/m.test(body)) return `${status} with a stack`;
  // Hiragana: what an error page of the site can't do without.
  if (!/[\u3041-\u3096]{3}/.test(body)) return `${status} without a Japanese page`;
  return retryAfter === undefined ? `${status} without Retry-After` : undefined;
}

/** I14: canaries in what the parts have printed since the last look. @param read how far each log was read, moved on */
export function checkLogs(logDir: string, read: Map<string, number>, canaries: string[]): Violation[] {
  return readdirSync(logDir).flatMap((name) => {
    const log = readFileSync(join(logDir, name));
    const fresh = log.subarray(read.get(name) ?? 0).toString('utf8');
    read.set(name, log.length);
    return findIn(fresh, canaries, `log ${name}`);
  });
}

/** I14: canaries in what operators can read of a flow. */
export function checkHistories(histories: FlowHistory[], canaries: string[]): Violation[] {
  return histories.flatMap(({ workflowId, history }) => findIn(wordsOf(history), canaries, `history ${workflowId}`));
}

function findIn(text: string, canaries: string[], where: string): Violation[] {
  return (
    canaries
      .map((canary, index) => ({ canary, index }))
      .filter(({ canary }) => stands(canary, text))
      // The canary itself may be a secret: only which of them it was.
      .map(({ index }) => ({ invariant: 'I14', what: `canary ${index} in ${where}` }))
  );
}

/** A code of six digits counts only where it isn't part of a longer number. */
const stands = (canary: string, text: string): boolean =>
  text.includes(canary) && (!/^\d+$/.test(canary) || new RegExp(`(?<!\\d)${canary}(?!\\d)`).test(text));

/** Everything in a history that is text, payloads decoded. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString('utf8')}\n`;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => `${key}\n${wordsOf(inner)}`)
    .join('');
}
