/** The one site of all journeys, brought up before them by `npm start`'s own parts; and the stores on its database, for what a journey begins with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, connectDatabase } from '../../../db/connect.ts';
import type { Run } from '../../../scripts/start/run-file.ts';
import { expectOk, waitFor } from '../../../scripts/start/wait.ts';
import type { PartName } from '../../support/site.ts';
import { Mails } from './mails.ts';

export interface RunningSite {
  /** Where the site answers, `http://localhost:…`. */
  origin: string;
  temporalUi: string;
  mails: Mails;
  /** The part's pid now. @throws Error while it is down */
  pid: (part: PartName) => number;
  /** Resolves once every part answers. */
  ready: () => Promise<void>;
}

/** Call it at the top of a test file; from `beforeAll` on, builders and stores work on the site's database and with its keys. */
export function runningSite(): RunningSite {
  const { dataDir, urls } = inject('site');
  beforeAll(() => {
    process.env['DATA_DIR'] = dataDir;
    process.env['DATABASE_URL'] = urls['database'];
    connectDatabase(urls['database'], 4);
  });
  afterAll(closeDatabase);
  const origin = urls['web'] ?? '';
  return {
    origin,
    temporalUi: urls['temporalUi'] ?? '',
    mails: new Mails(urls['mail'] ?? ''),
    pid: (part) => {
      const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as Run;
      const pid = run.parts[part]?.pid;
      if (pid === undefined) throw new Error(`${part} is down`);
      return pid;
    },
    ready: () => waitFor(() => expectOk(`${origin}/readyz`), { withinMs: 60_000 }),
  };
}
