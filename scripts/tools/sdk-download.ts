/**
 * Lets the Temporal SDK download its own server into a folder, then ends: `node --import tsx sdk-download.ts dev-server FOLDER`.
 * A process of its own, because the SDK loads its native core. Without a network it fails within a second.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { TEMPORAL_CLI_VERSION } from './versions.ts';

const [kind, downloadDir] = process.argv.slice(2);
if (downloadDir === undefined) throw new Error('usage: sdk-download.ts dev-server|time-skipping FOLDER');

const environment =
  kind === 'dev-server'
    ? await TestWorkflowEnvironment.createLocal({
        server: { executable: { type: 'cached-download', downloadDir, version: `v${TEMPORAL_CLI_VERSION}` } },
      })
    : await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'cached-download', downloadDir } },
      });
await environment.teardown();
