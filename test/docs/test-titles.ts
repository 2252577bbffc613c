import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

/** One test, with the titles of the groups around it. */
export interface TitledTest {
  /** From the project's root. */
  readonly file: string;
  /** Of a contract's test: the specs that run it. */
  readonly runBy?: readonly string[];
  readonly groups: readonly string[];
  readonly title: string;
}

const SOURCES = ['libs', 'apps', 'projections', 'test', 'bench'];
const NOT_OURS = new Set(['node_modules', 'dist']);
const TEST_FILE = /\.(spec|contract)\.tsx?$/;

const testFiles = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : testFiles(root, path);
    return TEST_FILE.test(entry.name) ? [path] : [];
  });

/** `it`, of `it(…)`, `it.only(…)` and `it.each(…)(…)` alike. */
const calledName = (expression: ts.Expression): string => {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression)) return calledName(expression.expression);
  return ts.isTaggedTemplateExpression(expression) ? calledName(expression.tag) : '';
};

const titleOf = ({ arguments: [first] }: ts.CallExpression, source: ts.SourceFile): string | null => {
  if (!first) return null;
  if (ts.isStringLiteralLike(first)) return first.text;
  return ts.isTemplateExpression(first) ? first.getText(source).slice(1, -1) : null;
};

const titledIn = (file: string, text: string): readonly TitledTest[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: TitledTest[] = [];
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    const title = ts.isCallExpression(node) ? titleOf(node, source) : null;
    const name = ts.isCallExpression(node) ? calledName(node.expression) : '';
    if (title !== null && (name === 'it' || name === 'test')) found.push({ file, groups, title });
    const inner = title !== null && name === 'describe' ? [...groups, title] : groups;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, []);
  return found;
};

/** A specifier as it is written in this file: the contract's path, from the project's root. */
const contractPath = (file: string, specifier: string): string => {
  if (specifier.startsWith('.')) return `${posix.join(dirname(file), specifier)}.ts`;
  const path = `${specifier.slice(1)}.ts`;
  return SOURCES.some((folder) => path.startsWith(`${folder}/`)) ? path : `libs/${path}`;
};

const contractsOf = (file: string, text: string): readonly string[] =>
  [...text.matchAll(/from '([.#][^']*\.contract)'/g)].map(([, specifier = '']) => contractPath(file, specifier));

/** Every test of the project, by file and place. Skipped tests are no tests: they are not told apart, so the gate must allow none. */
export const allTests = (root: string): readonly TitledTest[] => {
  const files = SOURCES.flatMap((folder) => testFiles(root, folder)).sort();
  const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const used = texts.map(({ file, text }) => ({ file, contracts: contractsOf(file, text) }));
  const runBy = (contract: string) => used.filter(({ contracts }) => contracts.includes(contract)).map(({ file }) => file);
  return texts.flatMap(({ file, text }) => titledIn(file, text).map((test) => ({ ...test, runBy: runBy(file) })));
};
