/** Once a run: a throwaway PostgreSQL with a migrated template database, which every test file clones. */
import type { TestProject } from 'vitest/node';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    database: { port: number; superuserUrl: string };
  }
}

/** Each project loads this module anew: what they share must live outside of it. */
const shared = globalThis as { testDatabase?: { server: Promise<TestDatabase>; users: number } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mine = (shared.testDatabase ??= { server: startTestDatabase(), users: 0 });
  mine.users += 1;
  const server = await mine.server;
  project.provide('database', { port: server.port, superuserUrl: server.superuserUrl });
  return async () => {
    mine.users -= 1;
    if (mine.users > 0) return;
    delete shared.testDatabase;
    await server.stop();
  };
}
