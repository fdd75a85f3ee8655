/** The workflows' code: bundled ahead beside the built worker, or in memory when the worker runs from its sources. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

export async function workflowBundle(): Promise<WorkflowBundleOption> {
  const built = fileURLToPath(new URL('workflow-bundle.js', import.meta.url));
  if (existsSync(built)) return { codePath: built };
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
}
