/** A Chromium for journeys and screenshots, with a Japanese font to read them by. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { fromVariable, isExecutable, onPath } from './executable.ts';
import { cacheFolder } from './cache.ts';
import { withLock } from './lock.ts';

const run = promisify(execFile);
const FONT_PACKAGE = 'fonts-noto-cjk';

/**
 * CHROMIUM_PATH; one on PATH; Playwright's own; Debian's package when root.
 * @throws saying what to install where none of them works
 */
export async function findChromium(report: (line: string) => void): Promise<string> {
  return withLock(`${cacheFolder('chromium')}.lock`, async () => {
    const there = await installed();
    const missing = [...(there === undefined ? ['chromium'] : []), ...(hasJapaneseFont() ? [] : [FONT_PACKAGE])];
    if (missing.length > 0 && canInstall()) await installFromDebian(missing, report);
    const chromium = there ?? (await installed());
    if (chromium === undefined) {
      throw new Error(
        'No Chromium here: install one (Debian: chromium fonts-noto-cjk; elsewhere: npx playwright install chromium), or set CHROMIUM_PATH.',
      );
    }
    return chromium;
  });
}

async function installed(): Promise<string | undefined> {
  return (
    fromVariable('CHROMIUM_PATH') ?? onPath('chromium', 'chromium-browser', 'google-chrome') ?? (await playwrightsOwn())
  );
}

async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return isExecutable(path) ? path : undefined;
}

/** Where fontconfig is missing nobody can tell; then the font is installed along. */
function hasJapaneseFont(): boolean {
  const { status, stdout } = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

async function installFromDebian(packages: string[], report: (line: string) => void): Promise<void> {
  report(`Installing ${packages.join(' and ')} by apt-get: about a minute, this once.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run('apt-get', ['update', '-q'], quiet);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], quiet);
  } catch (error) {
    const words = (error as { stderr?: string }).stderr ?? String(error);
    report(`apt-get failed: ${words.trim().split('\n').at(-1) ?? ''}`);
  }
}
