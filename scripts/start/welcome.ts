import type { Plan } from './plan.ts';

/** What to open and how to sign in, once everything is up. */
export function welcome(plan: Plan, hasDemoData: boolean): string {
  const lines = ['', `  The site is ready: ${plan.origin}`, ''];
  const add = (what: string, where: string) => lines.push(`    ${what.padEnd(20)}${where}`);
  add('Members', `${plan.origin}/login`);
  add('Staff', `${plan.origin}/staff`);
  if (plan.mail !== undefined) add('Mail that it sent', `http://localhost:${plan.mail.uiPort}`);
  if (plan.temporal !== undefined && plan.temporal.uiPort !== 'off')
    add('Temporal UI', `http://localhost:${plan.temporal.uiPort}`);
  if (plan.postgres !== undefined)
    add('PostgreSQL', `127.0.0.1:${plan.postgres.port}, database "site" (passwords in DATA_DIR)`);
  if (hasDemoData) lines.push('', ...DEMO_SIGN_INS);
  lines.push('', '  Ctrl-C stops everything; the next npm start goes on where it was.', '');
  return lines.join('\n');
}

const DEMO_SIGN_INS = [
  '  Demo sign-ins (password Kashi-2026 for all members):',
  '    demo0001  tanto1@example.jp   must change the password first',
  '    demo0001  tanto2@example.jp   nothing special',
  '    demo0001  tanto3@example.jp   with a one-time code by mail',
  '    demo0002  tanto1@example.jp   another company',
  '    staff     staff@example.jp    password Tehai-2026, code by mail',
];
