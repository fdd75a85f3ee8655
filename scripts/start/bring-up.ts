/** The order of coming up: build, database and Temporal side by side, then worker and web. */
import { join } from 'node:path';
import { findTemporalCli } from '../tools/temporal-cli.ts';
import { StartFailure } from './failure.ts';
import { runScript } from './one-off.ts';
import { mailPart, postgresPart, siteEnvironment, sitePart, temporalPart } from './parts.ts';
import type { Plan } from './plan.ts';
import { prepareCluster } from './postgres/cluster.ts';
import type { Progress } from './progress.ts';
import type { Supervisor } from './supervisor.ts';

interface BringUp {
  root: string;
  plan: Plan;
  progress: Progress;
  supervisor: Supervisor;
  watch: boolean;
  withDemoData: boolean;
  /** Fires when the site is to stop. */
  stop: AbortSignal;
}

/** @throws StartFailure saying what can't come up and why */
export async function bringUp(site: BringUp): Promise<void> {
  await Promise.all([build(site), database(site), temporal(site), mail(site)]);
  const { root, plan, progress, supervisor, watch } = site;
  await progress.step(`worker and web on port ${plan.web.port}`, () =>
    Promise.all([
      supervisor.bringUp(sitePart('worker', root, plan, watch)),
      supervisor.bringUp(sitePart('web', root, plan, watch)),
    ]),
  );
}

async function build({ root, progress, watch, stop }: BringUp): Promise<void> {
  if (watch) return;
  await progress.step('production build', () => runScript(root, 'scripts/build.ts', process.env, stop));
}

async function database({ root, plan, progress, supervisor, withDemoData, stop }: BringUp): Promise<void> {
  const own = plan.postgres;
  if (own !== undefined) {
    await progress.step(`PostgreSQL on port ${own.port}`, async () => {
      await prepareCluster(join(plan.dataDir, 'postgres'), own.passwords.postgres);
      await supervisor.bringUp(await postgresPart(plan, own));
    });
  }
  const env = siteEnvironment(plan);
  await progress.step('migrations', () =>
    runScript(root, 'scripts/migrate.ts', { ...env, MIGRATION_DATABASE_URL: plan.migrationDatabaseUrl }, stop),
  );
  if (withDemoData) await progress.step('demo data', () => runScript(root, 'scripts/seed-demo.ts', env, stop));
}

async function temporal({ plan, progress, supervisor }: BringUp): Promise<void> {
  const own = plan.temporal;
  if (own === undefined) return;
  await progress.step(`Temporal on port ${own.port}`, async () => {
    const cli = await findTemporalCli(progress.say).catch((error: unknown) => {
      throw new StartFailure(error instanceof Error ? error.message : String(error), { cause: error });
    });
    await supervisor.bringUp(temporalPart(plan, own, cli));
  });
}

async function mail({ root, plan, progress, supervisor }: BringUp): Promise<void> {
  const own = plan.mail;
  if (own === undefined) return;
  await progress.step(`mail catcher on ports ${own.smtpPort} and ${own.uiPort}`, () =>
    supervisor.bringUp(mailPart(root, plan, own)),
  );
}
