/** S40: the lint rule against SQL that isn't constant text fires, and only there. */
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const lint = new ESLint();

async function complaints(code: string, filePath: string): Promise<string[]> {
  const [result] = await lint.lintText(code, { filePath });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === 'no-restricted-syntax')
    .map(({ message }) => message);
}

const IMPORT = `import { literal, type Sequelize } from 'sequelize';\n`;

it.each([
  ['an interpolated query', `export const find = (db: Sequelize, name: string) => db.query(\`select '\${name}'\`);`],
  [
    'sequelize.literal',
    `import sequelize from 'sequelize';\nexport const order = (column: string) => sequelize.literal(column);`,
  ],
])(
  '%s is refused outside db/raw.ts',
  async (_what, code) => {
    expect(await complaints(`${IMPORT}${code}`, 'db/stores/health.ts')).not.toEqual([]);
  },
  60_000,
);

it('constant text with bound values is fine', async () => {
  const code = `import { rows } from '../raw.ts';\nexport const find = (name: string) => rows(\`select from members where user_name = $1\`, [name]);`;

  expect(await complaints(code, 'db/stores/health.ts')).toEqual([]);
}, 60_000);
