/** Brings a database to the newest schema. Safe to run twice and by two processes at once (an advisory lock queues them). */
import { QueryTypes, Sequelize } from 'sequelize';
import { SequelizeStorage, Umzug } from 'umzug';
import { migrations } from './migrations/index.ts';

const MIGRATION_LOCK = 7_233_001;

/** Runs what is missing, each migration in one transaction. @param databaseUrl of the role that owns the tables. */
export async function migrate(databaseUrl: string): Promise<void> {
  const sequelize = new Sequelize(databaseUrl, { dialect: 'postgres', logging: false, pool: { max: 3 } });
  try {
    await sequelize.transaction(async (lock) => {
      await sequelize.query('select pg_advisory_xact_lock($1)', {
        bind: [MIGRATION_LOCK],
        transaction: lock,
        type: QueryTypes.SELECT,
      });
      const umzug = new Umzug({
        migrations: migrations.map(({ name, up }) => ({
          name,
          up: async () => {
            await sequelize.transaction((transaction) => sequelize.query(up, { transaction }));
          },
        })),
        storage: new SequelizeStorage({ sequelize, tableName: 'migrations' }),
        logger: undefined,
      });
      await umzug.up();
    });
  } finally {
    await sequelize.close();
  }
}
