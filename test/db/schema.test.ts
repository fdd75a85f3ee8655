/** The migrations are the authority; what the models say of columns, nullability and defaults is the same. */
import type { AbstractDataType, Model, ModelAttributeColumnOptions, ModelStatic } from 'sequelize';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../db/migrate.ts';
import { models } from '../../db/models/index.ts';
import { rows } from '../../db/raw.ts';
import { useStores } from '../support/stores.ts';

const { database } = useStores();

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  /** The database fills it in where nothing is given: default, identity. */
  filled: boolean;
  key: boolean;
}

const TYPES: Record<string, string> = {
  UUID: 'uuid',
  TEXT: 'text',
  STRING: 'character varying(255)',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  BOOLEAN: 'boolean',
  DATE: 'timestamp with time zone',
  DATEONLY: 'date',
  JSONB: 'jsonb',
  BLOB: 'bytea',
};

const everyModel: ModelStatic<Model>[] = models;

let columns: Column[];

beforeAll(async () => {
  columns = await rows<Column>(
    `select relation.relname as table, attribute.attname as column, format_type(attribute.atttypid, attribute.atttypmod) as type,
       not attribute.attnotnull as nullable, (attribute.atthasdef or attribute.attidentity <> '') as filled,
       coalesce(attribute.attnum = any(primary_key.conkey), false) as key
     from pg_attribute attribute join pg_class relation on relation.oid = attribute.attrelid
       left join pg_constraint primary_key on primary_key.conrelid = relation.oid and primary_key.contype = 'p'
     where relation.relnamespace = 'public'::regnamespace and relation.relkind = 'r' and relation.relname <> 'migrations'
       and attribute.attnum > 0 and not attribute.attisdropped`,
  );
});

const describeAttribute = (table: string, attribute: ModelAttributeColumnOptions): Column => ({
  table,
  column: attribute.field ?? '',
  type: TYPES[(attribute.type as AbstractDataType).key] ?? 'unknown',
  nullable: attribute.allowNull !== false,
  filled: attribute.defaultValue !== undefined || attribute.autoIncrement === true,
  key: attribute.primaryKey === true,
});

const byColumn = (a: Column, b: Column) => a.column.localeCompare(b.column);

it('every table has its model and every model its table', () => {
  const tables = [...new Set(columns.map(({ table }) => table))].toSorted();

  expect(everyModel.map((model) => model.getTableName()).toSorted()).toEqual(tables);
});

describe('columns', () => {
  it.each(everyModel.map((model) => ({ name: model.name, model })))('of $name agree', ({ model }) => {
    const table = model.tableName;
    const modelled = Object.values(model.getAttributes()).map((attribute) => describeAttribute(table, attribute));

    expect(modelled.toSorted(byColumn)).toEqual(columns.filter((column) => column.table === table).toSorted(byColumn));
  });
});

it('migrating again, and twice at once, changes nothing', async () => {
  const before = await rows(`select name from migrations order by name`);

  await Promise.all([migrate(database().ownerUrl), migrate(database().ownerUrl)]);

  expect(await rows(`select name from migrations order by name`)).toEqual(before);
});

it('what the site signs in as can neither change the audit trail nor the schema', async () => {
  await expect(rows(`update audit set event = event`)).rejects.toThrow('permission denied');
  await expect(rows(`delete from audit`)).rejects.toThrow('permission denied');
  await expect(rows(`truncate audit`)).rejects.toThrow('permission denied');
  await expect(rows(`alter table accounts add column extra text`)).rejects.toThrow('must be owner');
  await expect(rows(`create table extra (id integer)`)).rejects.toThrow('permission denied');
});

it('no statement, lock or idle transaction of the site may last for ever', async () => {
  const settings = await rows<{ name: string; setting: string }>(
    `select name, setting from pg_settings
     where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
  );

  expect(settings).toEqual([
    { name: 'idle_in_transaction_session_timeout', setting: '10000' },
    { name: 'lock_timeout', setting: '2000' },
    { name: 'statement_timeout', setting: '5000' },
  ]);
});

it.each([
  ['an eleventh slot', `update members set slot = 11`],
  ['a login ID in capitals', `update accounts set login_id = 'DEMO'`],
  [
    'a quantity of a thousand',
    `insert into application_items select gen_random_uuid(), 1, 'a', 'a', '2026-01-01', '2026-01-02', 1000, 1`,
  ],
  [
    'a rental that ends before it starts',
    `insert into application_items select gen_random_uuid(), 1, 'a', 'a', '2026-01-02', '2026-01-01', 1, 1`,
  ],
  [
    'a code session without its challenge',
    `insert into sessions (secret_digest, member_id, stage, ip, user_agent, idle_ends_at, ends_at)
    select 'x'::bytea, gen_random_uuid(), 'code', '', '', now(), now()`,
  ],
])('the database itself refuses %s', async (_what, statement) => {
  await rows(`insert into accounts (login_id, company) values ('schema-test', 'x') on conflict do nothing`);
  await rows(`insert into members (account_id, slot, address, address_canonical)
    select id, 1, 'a@example.jp', 'a@example.jp' from accounts where login_id = 'schema-test' on conflict do nothing`);

  await expect(rows(statement)).rejects.toThrow('check constraint');
});
