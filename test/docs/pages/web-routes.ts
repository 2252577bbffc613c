import { dirname, join } from 'node:path';
import ts from 'typescript';

/** An address of the site, with the files whose components stand on it: its own, and those of the layouts around it. */
export interface WebRoute {
  /** `/n/$networkId/rounds/$roundId`. */
  readonly address: string;
  readonly files: readonly string[];
}

const ROUTER = 'apps/web/src/router.tsx';

interface Node {
  readonly parent: string | null;
  readonly path: string;
  readonly file: string | null;
}

const properties = (object: ts.ObjectLiteralExpression): ReadonlyMap<string, ts.Expression> =>
  new Map(
    object.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) ? [[property.name.text, property.initializer] as const] : [],
    ),
  );

/** `() => network` names the route around. */
const parentIn = (node: ts.Expression | undefined): string | null =>
  node && ts.isArrowFunction(node) && ts.isIdentifier(node.body) ? node.body.text : null;

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;

/** The routes of `router.tsx`, as they are written there: `createRoute({ ...at('/join'), component: lazyRouteComponent(() => import('./areas/join/join'), 'Join') })`. */
export const webRoutes = (root: string, program: ts.Program): readonly WebRoute[] => {
  const file = program.getSourceFile(join(root, ROUTER))!;
  const shorthands = new Map<string, string>();
  const imported = new Map<string, string>();
  const nodes = new Map<string, Node>();

  const fileOf = (specifier: string): string => `${join(dirname(ROUTER), specifier)}.tsx`;
  const componentIn = (node: ts.Expression | undefined): string | null => {
    if (node && ts.isIdentifier(node)) return imported.get(node.text) ?? null;
    const dynamic = node?.getText(file).match(/import\('([^']+)'\)/)?.[1];
    return dynamic === undefined ? null : fileOf(dynamic);
  };
  const routeIn = (object: ts.ObjectLiteralExpression): Node => {
    const own = properties(object);
    const spread = object.properties.find(ts.isSpreadAssignment)?.expression;
    const path = own.get('path') ?? (spread && ts.isCallExpression(spread) ? spread.arguments[0] : undefined);
    const by =
      spread && ts.isCallExpression(spread) && ts.isIdentifier(spread.expression) ? shorthands.get(spread.expression.text) : undefined;
    return {
      parent: parentIn(own.get('getParentRoute')) ?? by ?? null,
      path: path && ts.isStringLiteralLike(path) ? path.text : '',
      file: componentIn(own.get('component')),
    };
  };

  let nameless = 0;
  const visit = (node: ts.Node, name: string | null): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && node.moduleSpecifier.text.startsWith('.')) {
      const { namedBindings } = node.importClause ?? {};
      if (namedBindings && ts.isNamedImports(namedBindings))
        for (const { name: binding } of namedBindings.elements) imported.set(binding.text, fileOf(node.moduleSpecifier.text));
    }
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const made = node.initializer;
      if (ts.isArrowFunction(made) && !ts.isBlock(made.body)) {
        const body = unwrapped(made.body);
        const parent = ts.isObjectLiteralExpression(body) ? parentIn(properties(body).get('getParentRoute')) : null;
        if (parent) shorthands.set(node.name.text, parent);
      }
      return visit(made, node.name.text);
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^create(Root)?Route$/.test(node.expression.text)) {
      const [object] = node.arguments;
      if (object && ts.isObjectLiteralExpression(object)) nodes.set(name ?? `nameless ${nameless++}`, routeIn(object));
      return;
    }
    ts.forEachChild(node, (child) => visit(child, ts.isArrayLiteralExpression(node) ? null : name));
  };
  visit(file, null);

  const chainOf = (node: Node): readonly Node[] => [
    ...(node.parent && nodes.has(node.parent) ? chainOf(nodes.get(node.parent)!) : []),
    node,
  ];
  const around = new Set([...nodes.values()].map(({ parent }) => parent));
  return [...nodes]
    .filter(([name, { file: component }]) => component !== null && !around.has(name))
    .map(([, node]) => ({
      address:
        chainOf(node)
          .map(({ path }) => path)
          .join('/')
          .replace(/\/+/g, '/')
          .replace(/(.)\/$/, '$1') || '/',
      files: chainOf(node).flatMap(({ file: component }) => component ?? []),
    }));
};

/** What stands in the bar, for which roles. */
export const barOf = (root: string, program: ts.Program): ReadonlyMap<string, readonly string[]> => {
  const bar = new Map<string, readonly string[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const own = properties(node);
      const [to, roles] = [own.get('to'), own.get('roles')];
      if (to && roles && ts.isStringLiteralLike(to) && ts.isArrayLiteralExpression(roles))
        bar.set(
          to.text,
          roles.elements.flatMap((role) => (ts.isStringLiteralLike(role) ? [role.text] : [])),
        );
    }
    ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile(join(root, BAR))!);
  return bar;
};

export const BAR = 'apps/web/src/shell/network-layout.tsx';
