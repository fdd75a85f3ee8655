/** Everything a process takes from its environment, read once and checked: what is wrong is said in one line each. */
import { join } from 'node:path';
import { z } from 'zod';
import { passwordProfiles, type PasswordProfile } from '../domain/password-policy.ts';

/** `embedded` is what `npm start` runs on one machine; `production` wants its keys given and refuses demo data and crash points. */
export type DeploymentMode = 'embedded' | 'production';

const port = z.coerce.number().int().min(0).max(65535);

const environment = z.object({
  DEPLOYMENT_MODE: z.enum(['embedded', 'production']).default('embedded'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: z.string().default(''),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  MIGRATION_DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.enum(['on', 'off']).default('off'),
  TEMPORAL_TLS_CA: z.string().optional(),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: z.union([z.enum(['off']), port]).default(8233),
  SMTP_URL: z.string().startsWith('smtp').optional(),
  MAIL_FROM: z.string().default('no-reply@member.nttrec.example'),
  CONTACT_CENTER_ADDRESS: z.string().default('contact@nttrec.example'),
  MAIL_SMTP_PORT: port.default(1025),
  MAIL_UI_PORT: port.default(1080),
  PG_PORT: port.default(5433),
  METRICS_PORT: port.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  SESSION_KEYS: z.string().optional(),
  SECRET_KEYS: z.string().optional(),
  PEPPER_KEYS: z.string().optional(),
  PASSWORD_POLICY: z.enum(passwordProfiles).default('seed'),
  LIMITS: z.string().optional(),
  CRASH: z.string().optional(),
  CRASH_FLAG_DIR: z.string().optional(),
  WATCH: z.enum(['0', '1']).default('0'),
});

/** The name of every variable that is read here: docs/environment.md lists the same. */
export const environmentVariables: readonly string[] = Object.keys(environment.shape);

export interface TemporalSettings {
  address: string;
  namespace: string;
  apiKey: string | undefined;
  tls: { ca?: string; cert?: string; key?: string } | undefined;
}

export interface Config {
  mode: DeploymentMode;
  host: string;
  port: number;
  /** The only origin that links, redirects and the request gate believe in (S18). */
  publicOrigin: string;
  /** Peers whose X-Forwarded-For is believed (S56): addresses or CIDR ranges, never "all". */
  trustedProxies: string[];
  dataDir: string;
  databaseUrl: string;
  /** The owner of the tables: migrations only. */
  migrationDatabaseUrl: string;
  databasePool: number;
  temporal: TemporalSettings;
  smtpUrl: string;
  mailFrom: string;
  contactCenterAddress: string;
  metricsPort: number | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  keys: { session: string | undefined; secret: string | undefined; pepper: string | undefined };
  passwordPolicy: PasswordProfile;
  limits: string | undefined;
  crash: { points: string | undefined; flagDir: string | undefined };
  /** `npm run dev`: the site from its sources, with reload. */
  watch: boolean;
  /** Where the parts listen that `npm start` brings up itself; 0 means any free port. */
  ports: { postgres: number; temporal: number; temporalUi: number | 'off'; mailSmtp: number; mailUi: number };
  /** The parts whose address was given: `npm start` brings up none of its own for them. */
  given: { database: boolean; temporal: boolean; mail: boolean };
}

/** A wrong or missing setting. The message is for the person who starts the process: which variable, what it wants. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/**
 * Reads the configuration from `env`.
 * @throws ConfigurationError naming each variable that can't be used.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }
  const e = parsed.data;
  const databaseUrl = e.DATABASE_URL ?? `postgres://site:site@127.0.0.1:${e.PG_PORT}/site`;
  if (e.DEPLOYMENT_MODE === 'production') requireForProduction(e);
  return {
    mode: e.DEPLOYMENT_MODE,
    host: e.HOST,
    port: e.PORT,
    publicOrigin: new URL(e.PUBLIC_ORIGIN ?? `http://localhost:${e.PORT}`).origin,
    trustedProxies: e.TRUSTED_PROXIES.split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
    dataDir: e.DATA_DIR,
    databaseUrl,
    migrationDatabaseUrl: e.MIGRATION_DATABASE_URL ?? databaseUrl,
    databasePool: e.DATABASE_POOL,
    temporal: {
      address: e.TEMPORAL_ADDRESS ?? `127.0.0.1:${e.TEMPORAL_PORT}`,
      namespace: e.TEMPORAL_NAMESPACE,
      apiKey: e.TEMPORAL_API_KEY,
      tls: temporalTls(e),
    },
    smtpUrl: e.SMTP_URL ?? `smtp://127.0.0.1:${e.MAIL_SMTP_PORT}`,
    mailFrom: e.MAIL_FROM,
    contactCenterAddress: e.CONTACT_CENTER_ADDRESS,
    metricsPort: e.METRICS_PORT,
    logLevel: e.LOG_LEVEL,
    keys: { session: e.SESSION_KEYS, secret: e.SECRET_KEYS, pepper: e.PEPPER_KEYS },
    passwordPolicy: e.PASSWORD_POLICY,
    limits: e.LIMITS,
    crash: { points: e.CRASH, flagDir: e.CRASH_FLAG_DIR ?? join(e.DATA_DIR, 'crash') },
    watch: e.WATCH === '1',
    ports: {
      postgres: e.PG_PORT,
      temporal: e.TEMPORAL_PORT,
      temporalUi: e.TEMPORAL_UI_PORT,
      mailSmtp: e.MAIL_SMTP_PORT,
      mailUi: e.MAIL_UI_PORT,
    },
    given: {
      database: e.DATABASE_URL !== undefined,
      temporal: e.TEMPORAL_ADDRESS !== undefined,
      mail: e.SMTP_URL !== undefined,
    },
  };
}

type Environment = z.infer<typeof environment>;

function requireForProduction(e: Environment): void {
  const needed = [
    'PUBLIC_ORIGIN',
    'DATABASE_URL',
    'TEMPORAL_ADDRESS',
    'SMTP_URL',
    'SESSION_KEYS',
    'SECRET_KEYS',
    'PEPPER_KEYS',
  ] as const;
  const missing = needed.filter((name) => e[name] === undefined);
  if (missing.length > 0) throw new ConfigurationError(`DEPLOYMENT_MODE=production needs ${missing.join(', ')}`);
  if (e.CRASH !== undefined)
    throw new ConfigurationError('CRASH is for tests: refused with DEPLOYMENT_MODE=production');
}

function temporalTls(e: Environment): TemporalSettings['tls'] {
  const given =
    e.TEMPORAL_TLS === 'on' ||
    [e.TEMPORAL_API_KEY, e.TEMPORAL_TLS_CA, e.TEMPORAL_TLS_CERT].some((v) => v !== undefined);
  if (!given) return undefined;
  return {
    ...(e.TEMPORAL_TLS_CA === undefined ? {} : { ca: e.TEMPORAL_TLS_CA }),
    ...(e.TEMPORAL_TLS_CERT === undefined ? {} : { cert: e.TEMPORAL_TLS_CERT }),
    ...(e.TEMPORAL_TLS_KEY === undefined ? {} : { key: e.TEMPORAL_TLS_KEY }),
  };
}

let current: Config | undefined;

/** The process's configuration, read from the environment at the first call. @throws ConfigurationError */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}
