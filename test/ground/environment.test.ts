import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('every variable that the sources read directly is named in the document', () => {
  const own = ['PATH'];
  const folders = ['activities', 'app', 'bench', 'db', 'runtime', 'scripts', 'temporal', 'test', 'worker', 'workflows'];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const read = sources.flatMap((text) =>
    [...text.matchAll(/process\.env\[?\.?'?([A-Z][A-Z_]+)/g)].map(([, name = '']) => name),
  );

  const undocumented = [...new Set(read)].filter((name) => !own.includes(name) && !document.includes(`\`${name}\``));
  expect(read).toContain('FULL');
  expect(undocumented).toEqual([]);
});

function variablesOf(table: string): string[] {
  return [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name).sort();
}
