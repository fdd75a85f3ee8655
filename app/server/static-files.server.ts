/** The browser's files, as built: names in /assets carry their content's hash and never change. */
import { extname, join } from 'node:path';
import express, { Router } from 'express';
import { Refusal } from './refusal.ts';

const TEXT = new Map([
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
]);

const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** Dotfiles and folders are not there (S46); what is no file goes on to the pages, except below /assets. */
export function staticFiles(directory: string): Router {
  const setHeaders = (response: { setHeader: (name: string, value: string) => void }, path: string) => {
    const type = TEXT.get(extname(path));
    if (type !== undefined) response.setHeader('Content-Type', type);
  };
  const common = { dotfiles: 'ignore', index: false, redirect: false, setHeaders } as const;
  const router = Router();
  router.use('/assets', express.static(join(directory, 'assets'), { ...common, immutable: true, maxAge: '1 year' }));
  router.use('/assets', () => {
    throw new Refusal(404);
  });
  router.use(express.static(directory, { ...common, maxAge: HOUR_MILLISECONDS }));
  return router;
}
