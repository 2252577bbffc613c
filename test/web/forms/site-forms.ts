import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SOURCES = join(process.cwd(), 'apps/web/src');
const HOOKS = ['useCommand', 'useDraft', 'useMutation'];
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** A draft, a command, a request that changes something, or the element itself. */
const isOfForm = (node: ts.Node): boolean => {
  if (ts.isJsxOpeningElement(node)) return /^form$/i.test(node.tagName.getText());
  if (!ts.isCallExpression(node)) return false;
  const { expression: called } = node;
  if (ts.isIdentifier(called)) return HOOKS.includes(called.text);
  return ts.isPropertyAccessExpression(called) && (HOOKS.includes(called.name.text) || isWrite(called));
};

const isWrite = ({ expression, name }: ts.PropertyAccessExpression): boolean =>
  ts.isIdentifier(expression) && expression.text === 'api' && WRITES.includes(name.text);

const holds = (node: ts.Node): boolean => isOfForm(node) || (ts.forEachChild(node, (child) => holds(child) || undefined) ?? false);

/** Of a file, the components and hooks at its top that hold a form, or a part of one. */
const formsIn = (file: ts.SourceFile): readonly string[] =>
  file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) =>
      declarationList.declarations.flatMap(({ name, initializer }) => (initializer && holds(initializer) ? [name.getText(file)] : [])),
    );

/** Where the site takes what somebody types or presses, and sends it: `areas/account/leaving.tsx Leave`. */
export const siteForms = (): readonly string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(SOURCES, name), 'utf8');
      return formsIn(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)).map((one) => `${name.replaceAll('\\', '/')} ${one}`);
    });
