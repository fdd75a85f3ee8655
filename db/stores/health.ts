/** Whether the database answers, for /healthz and /readyz. */
import { firstRow } from '../raw.ts';

/** @throws Error when it does not. */
export async function pingDatabase(): Promise<void> {
  await firstRow('select 1 as alive');
}
