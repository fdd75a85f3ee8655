import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const rawSql = [
  { selector: "MemberExpression[property.name='literal']", message: 'no sequelize.literal: bind the value (S40)' },
  { selector: "ImportSpecifier[imported.name='literal']", message: 'no sequelize.literal: bind the value (S40)' },
  {
    selector: "CallExpression[callee.property.name='query'] > TemplateLiteral[expressions.length>0]",
    message: 'no interpolation into SQL outside db/raw.ts: bind the value (S40)',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name="sql"]',
    message: 'one way to run SQL: rows(text, bind) of db/raw.ts',
  },
];

export default defineConfig(
  { ignores: ['node_modules', 'build', '.data', '**/*.cjs', '**/*.mjs', 'eslint.config.js'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Guards throw Responses; everything else thrown is an Error.
      '@typescript-eslint/only-throw-error': [
        'error',
        {
          allow: [
            { from: 'lib', name: 'Response' },
            { from: 'package', package: '@remix-run/server-runtime', name: 'TypedResponse' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'read configuration through runtime/' },
      ],
      'no-restricted-syntax': ['error', ...rawSql],
    },
  },
  {
    files: ['runtime/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['db/raw.ts', 'db/models/database-default.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['domain/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'console', 'crypto'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'no clock in domain: pass the instant in',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'no clock in domain: pass the instant in',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'no randomness in domain',
        },
        {
          selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
          message: 'no clock in domain: pass the instant in',
        },
      ],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'console'] },
  },
);
