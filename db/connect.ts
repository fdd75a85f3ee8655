/** The one connection pool of a process. Stores use it; nobody else sees Sequelize. */
import { Sequelize, type Transaction } from 'sequelize';
import { config } from '../runtime/config.ts';
import { defineModels } from './models/index.ts';

/** A running transaction: what a store verb hands on to the next. */
export type Tx = Transaction;

let pool: Sequelize | undefined;

/** Opens the pool (once). @param url defaults to the configuration's; @param connections the most at a time. */
export function connectDatabase(url = config().databaseUrl, connections = config().databasePool): Sequelize {
  if (pool !== undefined) return pool;
  pool = new Sequelize(url, {
    dialect: 'postgres',
    logging: false,
    pool: { max: connections, min: 0, acquire: 8_000, idle: 30_000 },
    // S74: nothing may hang on to a row or a connection.
    dialectOptions: {
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
    },
    define: { underscored: true, timestamps: false, freezeTableName: true },
    retry: { max: 0 },
  });
  defineModels(pool);
  return pool;
}

/** The pool, opened by the first caller. */
export const database = (): Sequelize => connectDatabase();

/** Runs `work` in one transaction (READ COMMITTED), or in `outer` where the caller has one already. */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>, outer?: Tx): Promise<T> {
  return outer === undefined ? database().transaction(work) : work(outer);
}

/** Closes the pool; for the end of a process. */
export async function closeDatabase(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.close();
}
