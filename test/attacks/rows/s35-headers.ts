/** S35: the security headers of every answer. */
import type { Row } from '../attack.ts';
import { everyAnswer, type Heard } from '../tools/every-answer.ts';

const YEAR_SECONDS = 31_536_000;

function faultsOf({ what, status, headers }: Heard): string[] {
  const lacks = (name: string, right: RegExp) =>
    right.test(headers[name] ?? '') ? [] : [`${name} is ${headers[name] ?? 'missing'}`];
  const age = Number(/max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1] ?? 0);
  const faults = [
    ...(age >= YEAR_SECONDS ? [] : ['strict-transport-security is shorter than a year']),
    ...lacks('strict-transport-security', /includeSubDomains/i),
    ...lacks('x-content-type-options', /^nosniff$/),
    ...lacks('cross-origin-opener-policy', /^same-origin$/),
    ...lacks('cross-origin-resource-policy', /^same-origin$/),
    ...lacks('referrer-policy', /^strict-origin$/),
    ...lacks('permissions-policy', /camera=\(\)/),
    ...(headers['x-powered-by'] === undefined ? [] : [`x-powered-by tells ${headers['x-powered-by']}`]),
    ...(headers['server'] === undefined ? [] : [`server tells ${headers['server']}`]),
    ...charset(headers['content-type']),
    ...(status === 500 ? ['it is an error of the server'] : []),
  ];
  return faults.map((fault) => `${what}: ${fault}`);
}

/** Everything that is text says in which letters. */
function charset(type: string | undefined): string[] {
  const isText = type !== undefined && /^(text\/|application\/(json|javascript|manifest)|image\/svg)/.test(type);
  return isText && !/charset=utf-8/i.test(type) ? [`content-type is ${type}`] : [];
}

export const s35: Row = {
  id: 'S35',
  requires: 'HSTS 1 year, nosniff, COOP, CORP, Permissions-Policy, charset; no X-Powered-By, no server version',
  asked: '100 % of answers, errors and files included',
  attack: async (world, scale) => {
    const heard = await everyAnswer(world, scale !== 'planted');
    const statuses = [...new Set(heard.map(({ status }) => status))].sort((a, b) => a - b);
    return { found: heard.flatMap(faultsOf), said: `${heard.length} answers of status ${statuses.join(', ')}` };
  },
  plants: [
    {
      what: 'browsers may guess types, and are told the server',
      process: 'headers',
      mutations: [
        { file: 'server/index.js', find: /xPoweredBy: false/, replace: 'noSniff: false, xPoweredBy: false' },
        { file: 'server/index.js', find: /app\.disable\("x-powered-by"\);/, replace: '' },
      ],
      shows: /x-content-type-options is missing/,
    },
  ],
};
