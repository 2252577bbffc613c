import { join, relative } from 'node:path';
import ts from 'typescript';

/** What one source file of the site says: which files it takes along, which routes it calls, which of its addresses it names. */
export interface WebSource {
  readonly imports: readonly string[];
  /** `GET /networks/{networkId}/risk`. */
  readonly calls: readonly string[];
  /** Every text in it that begins with a slash: among them addresses of pages that it links to. */
  readonly addresses: readonly string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const HOOKS = ['useQuery', 'queryOptions', 'useSuspenseQuery', 'useInfiniteQuery', 'useMutation'];

const ROOT = 'apps/web';

/** The site's program, as its own compiler reads it. */
export const webProgram = (root: string): ts.Program => {
  const config = join(root, ROOT, 'tsconfig.json');
  const { config: read } = ts.readConfigFile(config, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { fileNames, options } = ts.parseJsonConfigFileContent(read, ts.sys, join(root, ROOT));
  return ts.createProgram(fileNames, options);
};

/** Texts that an expression can be, by its type: of a constant, of one of several. */
const textsOf = (checker: ts.TypeChecker, node: ts.Expression | undefined): readonly string[] => {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  const type = checker.getTypeAtLocation(node);
  return (type.isUnion() ? type.types : [type]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
};

const callsIn = (checker: ts.TypeChecker, { expression: called, arguments: given }: ts.CallExpression): readonly string[] => {
  if (!ts.isPropertyAccessExpression(called) || !ts.isIdentifier(called.expression)) return [];
  const [on, name] = [called.expression.text, called.name.text];
  if (on === 'api' && METHODS.includes(name)) return textsOf(checker, given[0]).map((path) => `${name} ${path}`);
  if (on !== 'queries' || !HOOKS.includes(name)) return [];
  return textsOf(checker, given[0]).flatMap((method) => textsOf(checker, given[1]).map((path) => `${method.toUpperCase()} ${path}`));
};

/** What the browser asks for by itself, as a feed or a link: `/networks/${networkId}/feeds/risk?…`, `/sign-in?…`. */
const addressIn = (node: ts.Node): string | null => {
  const text = ts.isTemplateExpression(node)
    ? node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('')
    : ts.isStringLiteralLike(node) && !node.text.includes('{')
      ? node.text
      : '';
  return text.startsWith('/') ? text.split('?', 1)[0]! : null;
};

/** By file, from the project's root; `generated` ones are none. */
export const webSources = (root: string, program: ts.Program): ReadonlyMap<string, WebSource> => {
  const checker = program.getTypeChecker();
  const nameOf = (file: ts.SourceFile): string => relative(root, file.fileName).replaceAll('\\', '/');
  const own = program.getSourceFiles().filter((file) => nameOf(file).startsWith(`${ROOT}/src/`) && !file.isDeclarationFile);
  const read = (file: ts.SourceFile): WebSource => {
    const found = { imports: new Set<string>(), calls: new Set<string>(), addresses: new Set<string>() };
    const follow = (specifier: ts.Node | undefined): void => {
      const symbol = specifier && checker.getSymbolAtLocation(specifier);
      const [target] = symbol?.declarations ?? [];
      if (target && ts.isSourceFile(target)) found.imports.add(nameOf(target));
    };
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node)) return;
      if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) follow(node.moduleSpecifier);
      if (ts.isExportDeclaration(node) && !node.isTypeOnly) follow(node.moduleSpecifier);
      if (ts.isCallExpression(node)) for (const call of callsIn(checker, node)) found.calls.add(call);
      const address = addressIn(node);
      if (address) found.addresses.add(address);
      ts.forEachChild(node, visit);
    };
    visit(file);
    return { imports: [...found.imports], calls: [...found.calls], addresses: [...found.addresses] };
  };
  return new Map(own.map((file) => [nameOf(file), read(file)]));
};

/** A file with all that it takes along. */
export const closureOf = (
  sources: ReadonlyMap<string, WebSource>,
  start: readonly string[],
  without: readonly string[] = [],
): ReadonlySet<string> => {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file) || without.includes(file)) return;
    reached.add(file);
    for (const next of sources.get(file)?.imports ?? []) visit(next);
  };
  start.forEach(visit);
  return reached;
};
