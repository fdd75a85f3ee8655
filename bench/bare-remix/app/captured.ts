/** What the page draws and answers with: what was captured takes this file's place before the build. */
import { createElement, type ReactElement } from 'react';

export const head = (): ReactElement[] => [createElement('title', {}, '')];
export const body = (): ReactElement[] => [createElement('main')];
/** The captured page's own data, by route. */
export const loaded: Record<string, unknown> = {};
