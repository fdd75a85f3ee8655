/** One JSON object per line, without secrets or personal data (S44, S71). */
import pino from 'pino';
import { config } from './config.ts';

export type Logger = pino.Logger;

const REDACTED_KEYS = [
  'password',
  'code',
  'token',
  'cookie',
  'authorization',
  'address',
  'to',
  'userName',
  'loginId',
  'body',
  'text',
];

/** A logger for one part of the site, e.g. `web`, `worker`, `relay`. Levels: debug, info, warn, error. */
export function logger(part: string): Logger {
  return pino({
    level: config().logLevel,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    serializers: { err: errorWithoutValues },
  });
}

/** Database errors carry the row's values in their detail: only name, code and stack leave the process. */
function errorWithoutValues(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code =
    (error as { parent?: { code?: string }; code?: unknown }).parent?.code ?? (error as { code?: unknown }).code;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, code, stack: frames.slice(0, 12).join('\n') };
}
