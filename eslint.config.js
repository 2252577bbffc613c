const { defineConfig, globalIgnores } = require('eslint/config');
const tseslint = require('typescript-eslint');
const leftNames = require('./eslint.left-names');

/** Not a style guide: Prettier formats, the compiler checks types, the allow-list checks imports. These rules find faults. */
module.exports = defineConfig(
  globalIgnores(['**/node_modules/', 'dist/', 'apps/web/dist/', 'coverage/']),
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    // decorators read types at run time: such an import must stay a value's
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      // the house's data is written as type unions and records, whichever reads better
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // noUncheckedIndexedAccess asks for it where an index is known to be there
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-inferrable-types': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-syntax': ['error', ...leftNames],
    },
  },
  {
    // the rules are data in, data out: what time it is, and what chance says, comes in as data
    files: ['libs/domain/**/*.ts', 'libs/matching/**/*.ts', 'projections/**/*.projection.ts'],
    ignores: ['**/*.spec.ts', 'libs/matching/round-bytes.fixture.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'performance', 'crypto', 'fetch', 'console', 'Buffer'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now' }, { object: 'Math', property: 'random' }],
      'no-restricted-syntax': [
        'error',
        ...leftNames,
        { selector: 'ClassDeclaration', message: 'No classes in the domain: functions and unions.' },
        { selector: 'ThrowStatement', message: 'A refusal is a value: nothing is thrown in the domain.' },
        { selector: ':function[async=true]', message: 'Decisions and folds do not wait.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The current time comes in as data.' },
      ],
    },
  },
  {
    files: ['apps/web/src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...leftNames,
        {
          selector: 'JSXText[value=/^(?!\\s*Savoirs\\s*$)[^]*[A-Za-zÀ-ÿ]{2}/]',
          message: 'Texts come from defineTexts, in French and in English.',
        },
        { selector: "JSXAttribute[name.name='style']", message: 'A class, not a style: the Content-Security-Policy allows none inline.' },
      ],
    },
  },
  {
    files: ['apps/web/src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...leftNames,
        {
          selector: 'JSXText[value=/^(?!\\s*Savoirs\\s*$)[^]*[A-Za-zÀ-ÿ]{2}/]',
          message: 'Texts come from defineTexts, in French and in English.',
        },
        { selector: "JSXAttribute[name.name='style']", message: 'A class, not a style: the Content-Security-Policy allows none inline.' },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', '**/*.fixture.ts', 'libs/testing/**/*.ts'],
    rules: { '@typescript-eslint/no-empty-function': 'off' },
  },
  {
    files: ['**/*.fixture.ts', 'apps/cli/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { eqeqeq: 'error', 'no-unused-vars': 'off', 'no-console': 'off' },
  },
);
