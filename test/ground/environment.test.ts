import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentVariables, readConfig } from '../../runtime/config.ts';

const document = readFileSync('docs/environment.md', 'utf8');

test('the table of the environment and the configuration name the same variables', () => {
  const [, site = ''] = document.split(/^## /m);

  expect(variablesOf(site)).toEqual([...environmentVariables].sort());
});

test('the defaults in the table are those of the configuration', () => {
  const config = readConfig({});
  const rows = document.matchAll(/^\| `(\w+)`\s*\| `([^`]+)`\s*\|/gm);
  const documented = Object.fromEntries([...rows].map(([, name = '', value = '']) => [name, value]));

  expect(documented).toMatchObject({
    HOST: config.host,
    PORT: String(config.port),
    DATA_DIR: config.dataDir,
    DATABASE_POOL: String(config.databasePool),
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    TEMPORAL_PORT: String(config.ports.temporal),
    TEMPORAL_UI_PORT: String(config.ports.temporalUi),
    MAIL_FROM: config.mailFrom,
    CONTACT_CENTER_ADDRESS: config.contactCenterAddress,
    MAIL_SMTP_PORT: String(config.ports.mailSmtp),
    MAIL_UI_PORT: String(config.ports.mailUi),
    PG_PORT: String(config.ports.postgres),
    LOG_LEVEL: config.logLevel,
    DEPLOYMENT_MODE: config.mode,
    PASSWORD_POLICY: config.passwordPolicy,
  });
});

function variablesOf(table: string): string[] {
  return [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name).sort();
}
