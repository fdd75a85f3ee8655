/** Once a run: the workflows' bundle, which every worker of the flow tests runs (about 2 s). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';
import { findTestServer } from '../../scripts/tools/test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    workflowBundlePath: string;
    testServerPath: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'site-test-bundle-'));
  const path = join(folder, 'workflow-bundle.js');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const [{ code }, testServerPath] = await Promise.all([
    bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
      logger: new DefaultLogger('WARN'),
    }),
    findTestServer(say),
  ]);
  await writeFile(path, code);
  project.provide('workflowBundlePath', path);
  project.provide('testServerPath', testServerPath);
  return () => rm(folder, { recursive: true, force: true });
}
