/** Reads what Remix answers to a `.data` request (turbo-stream, the parts of it that loaders use). */

/** What a loader or action answered, or where it sent the browser. */
export interface RouteAnswer {
  data?: unknown;
  error?: unknown;
  redirect?: string;
}

/** Constants that JSON has no word for, by the numbers that stand for them. */
const CONSTANTS = new Map<number, unknown>([
  [-2, Number.NaN],
  [-3, Number.NEGATIVE_INFINITY],
  [-4, -0],
  [-5, null],
  [-6, Number.POSITIVE_INFINITY],
]);

/** The value of one `.data` body; undefined when it is none. */
export function decodeSingleFetch(body: string): unknown {
  const [first = ''] = body.split('\n');
  if (!first.startsWith('[')) return undefined;
  const flat = JSON.parse(first) as unknown[];
  return valueAt(flat, 0);
}

function valueAt(flat: unknown[], index: number): unknown {
  if (index < 0) return CONSTANTS.get(index);
  const stored = flat[index];
  if (Array.isArray(stored)) return listFrom(flat, stored);
  if (typeof stored !== 'object' || stored === null) return stored;
  return Object.fromEntries(
    Object.entries(stored as Record<string, number>).map(([key, value]) => [
      String(flat[Number(key.slice(1))]),
      valueAt(flat, value),
    ]),
  );
}

function listFrom(flat: unknown[], stored: unknown[]): unknown {
  const [kind, ...rest] = stored;
  if (typeof kind !== 'string') return stored.map((index) => valueAt(flat, Number(index)));
  // A date says itself; of everything else only the name and what it holds matter here.
  if (kind === 'D') return new Date(Number(rest[0])).toISOString();
  return { [kind]: rest.map((index) => (typeof index === 'number' ? valueAt(flat, index) : index)) };
}

/** The answers by route id; a redirect of the whole request stands under its own name. */
export function answersIn(body: string): Record<string, RouteAnswer> {
  const decoded = decodeSingleFetch(body);
  return typeof decoded === 'object' && decoded !== null ? (decoded as Record<string, RouteAnswer>) : {};
}

/** Every key that an answer has, as paths: `applications[].orderNumber`. */
export function keyPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => keyPaths(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [path];
  const entries = Object.entries(value);
  return entries.flatMap(([key, inner]) => keyPaths(inner, path === '' ? key : `${path}.${key}`));
}

/** Where Remix answers with the data of the page at this path. */
export const dataPathFor = (path: string): string => (path === '/' ? '/_root.data' : `${path}.data`);
