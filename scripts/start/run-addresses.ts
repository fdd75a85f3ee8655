/** What run.json tells of a plan, for tests and for whoever looks: where each part listens. */
import type { Plan } from './plan.ts';
import type { Run } from './run-file.ts';

export function runPorts({ web, postgres, temporal, mail }: Plan): Run['ports'] {
  return {
    web: web.port,
    ...(postgres === undefined ? {} : { postgres: postgres.port }),
    ...(temporal === undefined ? {} : { temporal: temporal.port }),
    ...(temporal === undefined || temporal.uiPort === 'off' ? {} : { temporalUi: temporal.uiPort }),
    ...(mail === undefined ? {} : { mailSmtp: mail.smtpPort, mailUi: mail.uiPort }),
  };
}

export function runUrls(plan: Plan): Run['urls'] {
  const { temporal, mail } = plan;
  return {
    web: plan.origin,
    database: plan.databaseUrl,
    migrationDatabase: plan.migrationDatabaseUrl,
    temporal: plan.temporalAddress,
    smtp: plan.smtpUrl,
    ...(temporal === undefined || temporal.uiPort === 'off'
      ? {}
      : { temporalUi: `http://127.0.0.1:${temporal.uiPort}` }),
    ...(mail === undefined ? {} : { mail: `http://127.0.0.1:${mail.uiPort}` }),
  };
}
