import { ApplicationFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { withFaults } from '../../activities/faults.ts';
import { MailRefusedForNow } from '../../activities/mail/transport.ts';

const secret = 'tanto1@example.jp';

/** As Sequelize throws: the values of the row in message, sql and detail. */
function databaseError(name: string, code?: string): Error {
  const error = new Error(`duplicate key (${secret})`);
  return Object.assign(error, {
    name,
    sql: `insert ${secret}`,
    ...(code === undefined ? {} : { parent: { code, detail: secret } }),
  });
}

test.each([
  [databaseError('SequelizeDatabaseError', '40001'), 'database-40001'],
  [databaseError('SequelizeConnectionRefusedError', 'ECONNREFUSED'), 'database-unreachable'],
  [databaseError('SequelizeConnectionAcquireTimeoutError'), 'database-unreachable'],
  [new MailRefusedForNow('451'), 'mail-451'],
  [new TypeError(`no ${secret}`), 'unexpected-TypeError'],
])('%o leaves as %s and the id of the row', async (thrown, code) => {
  const { takeIn } = withFaults<{ takeIn: (id: string) => Promise<void> }>({
    takeIn: () => Promise.reject(thrown),
  });

  const failure = await takeIn('row-1').catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ type: code, message: `${code} in takeIn of row-1`, nonRetryable: false });
  expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(secret);
});
