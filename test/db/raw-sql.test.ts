/** S40: the lint rule against SQL that isn't constant text fires, and only there. */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

// The project's own configuration without the rules that need types: those load the whole program.
const lint = new ESLint({
  overrideConfig: [
    {
      ...tseslint.configs.disableTypeChecked,
      languageOptions: { parserOptions: { projectService: false, program: null } },
    },
  ],
});

async function complaints(code: string, filePath: string): Promise<string[]> {
  const [result] = await lint.lintText(code, { filePath });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === 'no-restricted-syntax')
    .map(({ message }) => message);
}

const IMPORT = `import type { Sequelize } from 'sequelize';\n`;

it.each([
  ['an interpolated query', `export const find = (db: Sequelize, name: string) => db.query(\`select '\${name}'\`);`],
  [
    'literal by its own name',
    `import { literal } from 'sequelize';\nexport const order = (column: string) => literal(column);`,
  ],
  [
    'sequelize.literal',
    `import sequelize from 'sequelize';\nexport const order = (column: string) => sequelize.literal(column);`,
  ],
])('%s is refused outside db/raw.ts', async (_what, code) => {
  expect(await complaints(`${IMPORT}${code}`, 'db/stores/health.ts')).not.toEqual([]);
});

it('constant text with bound values is fine', async () => {
  const code = `import { rows } from '../raw.ts';\nexport const find = (name: string) => rows(\`select from members where user_name = $1\`, [name]);`;

  expect(await complaints(code, 'db/stores/health.ts')).toEqual([]);
});
