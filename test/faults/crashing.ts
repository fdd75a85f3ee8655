/** Kill -9: of processes by their pid, and of worker or web by themselves at a named point. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SiteActivities } from '../../activities/index.ts';
import type { MailActivities } from '../../activities/letter.activities.ts';
import { processIdentity } from '../../scripts/tools/process-identity.ts';
import type { PartName, Site } from '../support/site.ts';

export type ActivityName = keyof (SiteActivities & MailActivities);

/** Every activity that the worker runs: one that is missing here, or gone, doesn't compile. */
const allActivities: Record<ActivityName, true> = {
  readApplicationStanding: true,
  takeIn: true,
  applyCommand: true,
  readReminderRules: true,
  remindStaff: true,
  readLetterStanding: true,
  sendLetter: true,
  recordParked: true,
  recordLapsed: true,
  reopenLetter: true,
  recordAbandoned: true,
  readChallengeStanding: true,
  expireChallenge: true,
  readPasswordResetStanding: true,
  moveResetOn: true,
  readPasswordSetupStanding: true,
  moveSetupOn: true,
  readEmailChangeStanding: true,
  expireEmailChange: true,
};

/** Each may be killed before it, and after its effect is committed but before the service knows. */
export const activities = Object.keys(allActivities) as ActivityName[];

export const submitPoints = [
  'submit.before-transaction',
  'submit.in-transaction',
  'submit.after-commit',
  'submit.after-start',
] as const;

/** Around the step that uses up a password, code or link. */
export const consumePoints = [
  'sign-in.in-transaction',
  'code.after-count',
  'code.in-transaction',
  'reset.after-take',
  'reset.in-transaction',
  'email-change.in-transaction',
  'sign-in-report.after-take',
  'sign-in-report.in-transaction',
] as const;

export const otherWorkerPoints = ['intake.in-transaction', 'letter.after-effect', 'letter.after-mark'] as const;

export const crashPoints: readonly string[] = [
  ...activities.flatMap((name) => [`activity.${name}.before`, `activity.${name}.after`]),
  ...otherWorkerPoints,
  ...submitPoints,
  ...consumePoints,
];

/**
 * The site knows every point from its start (CRASH), and each dies once only, remembered by a flag file. So a point whose flag lies
 * there already is off; taking the flag away turns it on for one crash.
 */
export class CrashPoints {
  readonly #flagDir: string;

  constructor(flagDir: string) {
    this.#flagDir = flagDir;
    mkdirSync(flagDir, { recursive: true });
    for (const point of crashPoints) this.disarm(point);
  }

  arm(point: string): void {
    if (!crashPoints.includes(point)) throw new Error(`no such crash point: ${point}`);
    rmSync(this.#flag(point));
  }

  /** Off, and no crash of before is remembered: `hit` would take it for the next one. */
  disarm(point: string): void {
    writeFileSync(this.#flag(point), OFF);
  }

  /** Waits for the crash. @returns when it was (ms since 1970) @throws Error when nobody came to the point: the fault did not hit */
  async hit(point: string, withinMs = 30_000): Promise<number> {
    const end = Date.now() + withinMs;
    while (Date.now() < end) {
      const pid = this.#crashed(point);
      if (pid > 0) {
        // Written first, dead a moment later.
        while (processIdentity(pid) !== undefined) await sleep(5);
        return statSync(this.#flag(point)).mtimeMs;
      }
      await sleep(20);
    }
    this.disarm(point);
    throw new Error(`the fault did not hit: nobody came to ${point}`);
  }

  /** Who died there; 0 while nobody has. */
  #crashed(point: string): number {
    return existsSync(this.#flag(point)) ? Number(readFileSync(this.#flag(point), 'utf8')) : 0;
  }

  #flag(point: string): string {
    return join(this.#flagDir, point.replaceAll(/[^a-z0-9.-]/g, '_'));
  }
}

const OFF = '0';

/** Kill -9 of a part of the site. @returns when it was dead (ms since 1970) @throws Error when it was gone already */
export async function killPart(site: Site, part: PartName): Promise<number> {
  return kill(site.pid(part));
}

/** Kill -9 of a process. @throws Error when it was gone already: the fault did not hit */
export async function kill(pid: number): Promise<number> {
  const identity = processIdentity(pid);
  if (identity === undefined) throw new Error(`the fault did not hit: no process ${pid}`);
  process.kill(pid, 'SIGKILL');
  while (processIdentity(pid) === identity) await sleep(5);
  return Date.now();
}

/** The postmaster itself, also where a helper such as setpriv started it. */
export function postmasterPid(site: Site): number {
  const [line = ''] = readFileSync(join(site.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return Number(line);
}

/** Stops a process in its tracks until the answer is called. */
export function freeze(pid: number): () => void {
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
}
