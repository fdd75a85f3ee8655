/** Where everything of one run listens and what the processes are told: settled once, before the first of them starts. */
import { resolve } from 'node:path';
import type { Config } from '../../runtime/config.ts';
import { settlePorts, type WantedPort } from './ports.ts';
import { embeddedPasswords, type Passwords } from './postgres/passwords.ts';

export interface Plan {
  dataDir: string;
  origin: string;
  web: { host: string; port: number };
  /** Undefined: the address of another one was given. */
  postgres: { port: number; passwords: Passwords; superuserUrl: string } | undefined;
  temporal: { port: number; uiPort: number | 'off'; namespace: string } | undefined;
  mail: { smtpPort: number; uiPort: number } | undefined;
  databaseUrl: string;
  migrationDatabaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
}

/** @throws StartFailure when a port is taken */
export async function makePlan(config: Config): Promise<Plan> {
  const dataDir = resolve(config.dataDir);
  const ports = await settlePorts(wantedPorts(config));
  const passwords = embeddedPasswords(dataDir);
  const databaseAs = (role: keyof Passwords, database: string, port: number) =>
    `postgres://${role}:${passwords[role]}@${LOOPBACK}:${port}/${database}`;
  const web = { host: config.host, port: ports.web ?? config.port };
  return {
    dataDir,
    origin: config.publicOrigin === 'http://localhost:0' ? `http://localhost:${web.port}` : config.publicOrigin,
    web,
    ...(ports.postgres === undefined
      ? { postgres: undefined, databaseUrl: config.databaseUrl, migrationDatabaseUrl: config.migrationDatabaseUrl }
      : {
          postgres: {
            port: ports.postgres,
            passwords,
            superuserUrl: databaseAs('postgres', 'postgres', ports.postgres),
          },
          databaseUrl: databaseAs('site', 'site', ports.postgres),
          migrationDatabaseUrl: databaseAs('owner', 'site', ports.postgres),
        }),
    ...(ports.temporal === undefined
      ? { temporal: undefined, temporalAddress: config.temporal.address }
      : {
          temporal: { port: ports.temporal, uiPort: ports.temporalUi ?? 'off', namespace: config.temporal.namespace },
          temporalAddress: `${LOOPBACK}:${ports.temporal}`,
        }),
    ...(ports.mailSmtp === undefined || ports.mailUi === undefined
      ? { mail: undefined, smtpUrl: config.smtpUrl }
      : { mail: { smtpPort: ports.mailSmtp, uiPort: ports.mailUi }, smtpUrl: `smtp://${LOOPBACK}:${ports.mailSmtp}` }),
  };
}

const LOOPBACK = '127.0.0.1';

type PortName = 'web' | 'postgres' | 'temporal' | 'temporalUi' | 'mailSmtp' | 'mailUi';

function wantedPorts({ given, ports, host, port }: Config): Record<PortName, WantedPort | undefined> {
  const own = (variable: string, what: string, number: number): WantedPort => ({
    variable,
    what,
    port: number,
    host: LOOPBACK,
  });
  const withUi = !given.temporal && ports.temporalUi !== 'off';
  return {
    web: { variable: 'PORT', what: 'the site', port, host },
    postgres: given.database ? undefined : own('PG_PORT', 'PostgreSQL', ports.postgres),
    temporal: given.temporal ? undefined : own('TEMPORAL_PORT', 'Temporal', ports.temporal),
    temporalUi: withUi ? own('TEMPORAL_UI_PORT', "Temporal's UI", Number(ports.temporalUi)) : undefined,
    mailSmtp: given.mail ? undefined : own('MAIL_SMTP_PORT', 'the mail catcher', ports.mailSmtp),
    mailUi: given.mail ? undefined : own('MAIL_UI_PORT', "the mail catcher's page", ports.mailUi),
  };
}
