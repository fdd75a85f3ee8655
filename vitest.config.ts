import { defineConfig } from 'vitest/config';

// Tests mirror the rooms. Every folder below test/ that isn't named here belongs to `unit`, so that no test is in no project.
// Budgets for `npm test` on two cores: unit, store, flows, ground and web together 4 minutes.
const DATABASE = 'test/support/database.global.ts';
const BUNDLE = 'test/support/workflow-bundle.global.ts';
const SITE = 'test/support/site.global.ts';
const BUILD = 'test/support/build.global.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const elsewhere = ['db', 'workflows', 'replay', 'ground', 'app', 'journeys', 'attacks', 'faults', 'bench'];

export default defineConfig({
  test: {
    projects: [
      {
        // Pure rules, forms, letters: no process but this one. Half a minute.
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: elsewhere.map((folder) => `test/${folder}/**`),
          // Properties take their time on a busy machine.
          testTimeout: 20 * SECOND,
        },
      },
      {
        // Stores and migrations on a real PostgreSQL. One minute.
        extends: true,
        test: { name: 'store', include: ['test/db/**/*.test.ts'], globalSetup: [DATABASE], testTimeout: 20 * SECOND },
      },
      {
        // Workflows on the time-skipping server, doors and relay on the dev server, committed histories replayed. Two minutes.
        extends: true,
        test: {
          name: 'flows',
          include: ['test/{workflows,replay}/**/*.test.ts'],
          globalSetup: [DATABASE, BUNDLE],
          testTimeout: 30 * SECOND,
          hookTimeout: MINUTE,
        },
      },
      {
        // The start script, its supervisor, the catcher, the compose file. One minute.
        extends: true,
        test: { name: 'ground', include: ['test/ground/**/*.test.ts'], testTimeout: MINUTE, hookTimeout: MINUTE },
      },
      {
        // Loaders and actions with real Requests on a real database. One minute.
        extends: true,
        test: {
          name: 'web',
          include: ['test/app/**/*.test.{ts,tsx}'],
          globalSetup: [DATABASE],
          testTimeout: 20 * SECOND,
        },
      },
      {
        // Chromium against a site that scripts/start.ts brought up: one site for all, one file at a time. Six minutes.
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: [SITE],
          fileParallelism: false,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
      {
        // What an attacker tries, against a running site. Eight minutes.
        extends: true,
        test: {
          name: 'attacks',
          include: ['test/attacks/**/*.test.ts'],
          globalSetup: [SITE],
          fileParallelism: false,
          testTimeout: 3 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
      {
        // Kills, cuts, floods, wrong clocks; two files run at a time, and most bring up the sites they break. Ten minutes.
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: [BUILD, BUNDLE, 'test/faults/record.global.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 15 * MINUTE,
          hookTimeout: 3 * MINUTE,
        },
      },
      {
        // Each measure at its smallest, on one running site: that it counts what it says, never how fast. Two minutes.
        extends: true,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          globalSetup: [SITE],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 3 * MINUTE,
          hookTimeout: MINUTE,
        },
      },
    ],
    setupFiles: ['test/support/setup.ts'],
    passWithNoTests: false,
    // A half-written test must not stand in for the rest.
    allowOnly: false,
  },
});
