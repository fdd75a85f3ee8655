/** The environment: what is wrong is said in one line that names the variable (security.md S73). */
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfig } from '../../runtime/config.ts';

const key = `k1:${Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)).toString('base64')}`;
const production = {
  DEPLOYMENT_MODE: 'production',
  PUBLIC_ORIGIN: 'https://site.example/ignored/path',
  DATABASE_URL: 'postgres://site:secret@db/site',
  TEMPORAL_ADDRESS: 'temporal:7233',
  SMTP_URL: 'smtp://mail',
  SESSION_KEYS: key,
  SECRET_KEYS: key,
  PEPPER_KEYS: key,
};

function messageOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe('the embedded default', () => {
  it('needs no variable at all', () => {
    expect(readConfig({})).toMatchObject({
      mode: 'embedded',
      host: '127.0.0.1',
      publicOrigin: 'http://localhost:3000',
      given: { database: false, temporal: false, mail: false },
    });
  });

  it('takes an empty variable as not given', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, given: { database: false } });
  });

  it('derives addresses from the ports', () => {
    expect(readConfig({ PORT: '8080', PG_PORT: '5999', TEMPORAL_PORT: '7999', MAIL_SMTP_PORT: '2525' })).toMatchObject({
      publicOrigin: 'http://localhost:8080',
      databaseUrl: 'postgres://site:site@127.0.0.1:5999/site',
      temporal: { address: '127.0.0.1:7999', tls: undefined },
      smtpUrl: 'smtp://127.0.0.1:2525',
    });
  });
});

describe('what is wrong', () => {
  it.each([
    ['PORT', { PORT: 'eighty' }],
    ['PORT', { PORT: '70000' }],
    ['PUBLIC_ORIGIN', { PUBLIC_ORIGIN: 'ftp://site.example' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db/site' }],
    ['SMTP_URL', { SMTP_URL: 'http://mail' }],
    ['DEPLOYMENT_MODE', { DEPLOYMENT_MODE: 'staging' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DATABASE_POOL', { DATABASE_POOL: '0' }],
    ['CRASH', { ...production, CRASH: 'submit.after-commit' }],
  ])('%s is named in one line', (variable, env: Record<string, string>) => {
    const message = messageOf(env);

    expect(message).toContain(variable);
    expect(message).not.toContain('\n');
  });

  it('two wrong variables are both named', () => {
    expect(messageOf({ PORT: 'x', LOG_LEVEL: 'x' })).toMatch(/PORT.*LOG_LEVEL/);
  });

  it.each(Object.keys(production).filter((name) => name !== 'DEPLOYMENT_MODE'))(
    'production without %s says so',
    (missing) => {
      const env: Record<string, string> = Object.fromEntries(
        Object.entries(production).filter(([name]) => name !== missing),
      );

      expect(messageOf(env)).toBe(`DEPLOYMENT_MODE=production needs ${missing}`);
    },
  );
});

it('production reduces its origin to scheme and host, and uses what is given', () => {
  expect(readConfig(production)).toMatchObject({
    mode: 'production',
    publicOrigin: 'https://site.example',
    migrationDatabaseUrl: production.DATABASE_URL,
    given: { database: true, temporal: true, mail: true },
  });
});

it('an API key or a certificate turns TLS to Temporal on', () => {
  expect(readConfig({ TEMPORAL_API_KEY: 'x' }).temporal.tls).toEqual({});
  expect(readConfig({ TEMPORAL_TLS_CERT: 'cert', TEMPORAL_TLS_KEY: 'key' }).temporal.tls).toEqual({
    cert: 'cert',
    key: 'key',
  });
  expect(readConfig({ TEMPORAL_TLS: 'off' }).temporal.tls).toBeUndefined();
});

it('proxies are a list, blanks left out', () => {
  expect(readConfig({ TRUSTED_PROXIES: ' 10.0.0.1, ,10.1.0.0/16 ' }).trustedProxies).toEqual([
    '10.0.0.1',
    '10.1.0.0/16',
  ]);
});
