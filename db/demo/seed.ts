/** Demo data for the embedded default: what the README signs in with and what the first pages show. */
import { jstDate } from '../../domain/jst.ts';
import { config, ConfigurationError } from '../../runtime/config.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { Account, CompanyHoliday, Product } from '../models/index.ts';
import { rows } from '../raw.ts';
import { searchKeyOf } from '../stores/products.ts';
import { firstCustomerStates, planApplications, secondCustomerStates } from './application-plan.ts';
import { seedApplications } from './applications.ts';
import { seedPeople } from './people.ts';
import { demoProducts } from './products.ts';

const SEED_LOCK = 7_233_002;

/** Writes the demo data once; again, or by two processes at a time, it changes nothing. @throws ConfigurationError outside the embedded default */
export async function seedDemoData(): Promise<void> {
  if (config().mode !== 'embedded') throw new ConfigurationError('demo data is for DEPLOYMENT_MODE=embedded only');
  await inTransaction(async (tx) => {
    // Whoever comes second waits for the first, longer than a request may.
    await rows(`select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '60s', true)`, [], tx);
    await rows(`select pg_advisory_xact_lock($1)`, [SEED_LOCK], tx);
    if ((await Account.count({ where: { loginId: 'demo0001' }, transaction: tx })) > 0) return;
    const today = jstDate(new Date());
    await seedCatalogue(tx);
    await seedHolidays(tx, Number(today.slice(0, 4)));
    const { customers, staff } = await seedPeople(tx);
    for (const [index, customer] of customers.entries()) {
      const states = index === 0 ? firstCustomerStates : secondCustomerStates;
      await seedApplications(tx, customer, staff, planApplications(states, customer.members.length, today));
    }
  });
}

async function seedCatalogue(tx: Tx): Promise<void> {
  const catalogue = demoProducts.map((product) => ({
    ...product,
    searchKey: searchKeyOf(`${product.code} ${product.name}`),
  }));
  await Product.bulkCreate(catalogue, { transaction: tx, returning: false });
}

/** The 年末年始 that begins in `year`. */
async function seedHolidays(tx: Tx, year: number): Promise<void> {
  const days = [
    `${year}-12-29`,
    `${year}-12-30`,
    `${year}-12-31`,
    `${year + 1}-01-01`,
    `${year + 1}-01-02`,
    `${year + 1}-01-03`,
  ];
  await CompanyHoliday.bulkCreate(
    days.map((day) => ({ day, name: '年末年始休業' })),
    { transaction: tx, returning: false },
  );
}
