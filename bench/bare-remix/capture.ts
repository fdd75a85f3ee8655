/** Turns a page as React drew it into the code of a component that draws the same: host elements only, nothing to decide. */

/** An element, or a text. */
export type Drawn = { tag: string; attributes: [name: string, value: string][]; children: Drawn[] } | string;

const VOID = new Set(['meta', 'link', 'input', 'br', 'hr', 'img']);
const MEANT_BY = new Map([
  ['class', 'className'],
  ['for', 'htmlFor'],
]);
/** React wants `true` for these where HTML says an empty text. */
const SWITCHES = new Set(['required', 'disabled', 'checked', 'selected', 'hidden', 'multiple']);
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

const TOKEN = /<!--.*?-->|<\/[\w-]+>|<([\w-]+)((?:\s[\w:-]+(?:="[^"]*")?)*)\s*\/?>|[^<]+/gsu;
const ATTRIBUTE = /\s([\w:-]+)(?:="([^"]*)")?/g;

/** Reads a piece of a page without scripts. Comments, which React puts between texts, are left out. */
export function read(html: string): Drawn[] {
  const root: Drawn[] = [];
  const open = [root];
  for (const [token, tag, attributes = ''] of html.matchAll(TOKEN)) {
    const into = open.at(-1) ?? root;
    if (token.startsWith('<!--')) continue;
    if (token.startsWith('</')) {
      open.pop();
    } else if (tag === undefined) {
      into.push(unescaped(token));
    } else {
      const children: Drawn[] = [];
      into.push({
        tag,
        attributes: [...attributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescaped(value)]),
        children,
      });
      if (!VOID.has(tag)) open.push(children);
    }
  }
  return root;
}

/** How many elements there are. */
export const count = (drawn: readonly Drawn[]): number =>
  drawn.reduce((sum, each) => sum + (typeof each === 'string' ? 0 : 1 + count(each.children)), 0);

/** The expression that draws it, with `h` for React.createElement. */
export function codeOf(drawn: Drawn): string {
  if (typeof drawn === 'string') return JSON.stringify(drawn);
  const { tag, attributes, children } = drawn;
  const props = Object.fromEntries(
    attributes.map(([name, value]) => [MEANT_BY.get(name) ?? name, SWITCHES.has(name) ? true : value]),
  );
  if (tag === 'textarea') {
    const [typed = ''] = children;
    return `h('textarea', ${JSON.stringify({ ...props, defaultValue: typed })})`;
  }
  return `h(${[JSON.stringify(tag), JSON.stringify(props), ...children.map(codeOf)].join(', ')})`;
}

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, entity: string) => ENTITIES[entity] ?? '');
