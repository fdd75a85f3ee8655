/** Before journeys and attacks: one running site for all their files. */
import type { TestProject } from 'vitest/node';
import { findChromium } from '../../scripts/tools/chromium.ts';
import { startSite } from './site.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    site: { dataDir: string; urls: Record<string, string>; ports: Record<string, number> };
    chromiumPath: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  project.provide('chromiumPath', await findChromium(say));
  // Attackers come from many client addresses, as behind a proxy that is trusted.
  const { dataDir, urls, ports, stop } = await startSite({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  project.provide('site', { dataDir, urls, ports });
  return stop;
}
