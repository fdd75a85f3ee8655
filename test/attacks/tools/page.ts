/** Reads the pages as the server draws them (React's own regular HTML): forms with their values, links. */

export interface PageForm {
  /** The path it posts to. */
  action: string;
  method: 'get' | 'post';
  /** As a browser would send it untouched. Buttons that carry a value are in `buttons`. */
  fields: [name: string, value: string][];
  buttons: [name: string, value: string][];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#x27|#39);/g, (_, entity: string) => ENTITIES[entity] ?? '');

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

const has = (tag: string, name: string): boolean => new RegExp(`\\s${name}(=|\\s|/|>)`, 'i').test(tag);

/** All forms of a page. @param path where the page is: a form without an action posts there */
export function formsOf(html: string, path: string): PageForm[] {
  return [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([whole, inner = '']) => {
    const open = whole.slice(0, whole.indexOf('>') + 1);
    return {
      action: attribute(open, 'action') ?? path,
      method: attribute(open, 'method')?.toLowerCase() === 'post' ? 'post' : 'get',
      fields: [...inputsOf(inner), ...selectsOf(inner), ...textAreasOf(inner)],
      buttons: buttonsOf(inner),
    };
  });
}

function inputsOf(inner: string): [string, string][] {
  return [...inner.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    const unticked = (type === 'radio' || type === 'checkbox') && !has(tag, 'checked');
    if (name === undefined || unticked || type === 'submit') return [];
    return [[name, attribute(tag, 'value') ?? '']];
  });
}

function selectsOf(inner: string): [string, string][] {
  return [...inner.matchAll(/<select\b[^>]*>(.*?)<\/select>/gs)].flatMap(
    ([whole, options = '']): [string, string][] => {
      const name = attribute(whole.slice(0, whole.indexOf('>') + 1), 'name');
      if (name === undefined) return [];
      const tags = [...options.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
      const chosen = tags.find((tag) => has(tag, 'selected')) ?? tags[0] ?? '';
      return [[name, attribute(chosen, 'value') ?? '']];
    },
  );
}

function textAreasOf(inner: string): [string, string][] {
  return [...inner.matchAll(/<textarea\b[^>]*>(.*?)<\/textarea>/gs)].flatMap(
    ([whole, text = '']): [string, string][] => {
      const name = attribute(whole.slice(0, whole.indexOf('>') + 1), 'name');
      return name === undefined ? [] : [[name, unescaped(text).replace(/^\n/, '')]];
    },
  );
}

function buttonsOf(inner: string): [string, string][] {
  return [...inner.matchAll(/<button\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const name = attribute(tag, 'name');
    return name === undefined ? [] : [[name, attribute(tag, 'value') ?? '']];
  });
}

/** The links of a page to pages of the same site. */
export function linksOf(html: string): string[] {
  const hrefs = [...html.matchAll(/<a\b[^>]*>/g)].map(([tag]) => attribute(tag, 'href') ?? '');
  return [...new Set(hrefs.filter((href) => href.startsWith('/') && !href.startsWith('//')))];
}

/** A page without what differs from one to the next: nonce, form token, reference, and what was typed into it. */
export function masked(html: string, typed: readonly string[] = []): string {
  const plain = html
    .replaceAll(/nonce="[^"]*"/g, 'nonce')
    .replaceAll(/[\w-]{20,64}\.[a-z0-9]{1,16}\.[\w-]{43}/g, 'form-token')
    .replaceAll(/"requestId":"[^"]*"/g, 'request-id')
    // What is left of the session goes down by itself.
    .replaceAll(/(secondsLeft\\*",)\d+/g, '$1seconds');
  return typed.filter((text) => text !== '').reduce((masking, text) => masking.replaceAll(text, 'typed'), plain);
}
