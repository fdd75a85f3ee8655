/**
 * Pictures of every page and mail, to be looked at by a person: `npm run screens:take` names a folder, any other run takes none. As JPEG of
 * low quality, for there are hundreds.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

export const desktopSize = { width: 1280, height: 900 };
export const phoneSize = { width: 360, height: 740 };
export type Size = typeof desktopSize;

/** Longer pages are cut: a picture stays small enough to be looked at and to be kept. */
const LONGEST = 2400;

/** Where they go; undefined where none are wanted. */
export const picturesFolder = (): string | undefined => process.env['SCREENS_FOLDER'];

/** The whole page as it is, at its present width. @param path where it goes; `.png` and `.jpg` */
export async function takePicture(page: Page, path: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? desktopSize;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(Math.max(whole, height), LONGEST) };
  const quality = path.endsWith('.jpg') ? { quality: 40 } : {};
  await page.screenshot({ path, fullPage: true, clip, animations: 'disabled', ...quality });
}

/** The same for `npm run screens:take` alone. @param name in any words, e.g. a route and a state of its page */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = picturesFolder();
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  const width = page.viewportSize()?.width ?? desktopSize.width;
  await takePicture(page, join(folder, `${fileName(name)}-${width === phoneSize.width ? '360' : 'desktop'}.jpg`));
}

const fileName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{N}._]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 90);
