import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

type Pattern = string | readonly string[] | undefined;
interface End {
  readonly path?: Pattern;
  readonly pathNot?: Pattern;
  readonly dependencyTypes?: readonly string[];
}
export interface Allowed {
  readonly from: End;
  readonly to: End;
}

const SOURCES = ['libs', 'projections', 'apps'];
/** Specs and what serves them may import anything. */
const FOR_TESTS = /\.(spec|fixture|contract)\.ts$|^libs\/testing\/|^libs\/[^/]+\/testing\//;

const filesBelow = (root: string, path: string): readonly string[] =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const file = `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(root, file);
    return file.endsWith('.ts') && !FOR_TESTS.test(file) ? [file] : [];
  });

/** What is told apart: a library, a room of one that has rooms, an app, the three kinds of files of a read model. */
export const areaOf = (file: string): string => {
  const [top = '', second = '', third = ''] = file.split('/');
  const isFile = (part: string): boolean => part.endsWith('.ts');
  if (top === 'apps') return `apps/${second}`;
  if (top === 'projections') {
    if (isFile(second)) return 'projections: the lists';
    return file.endsWith('.projection.ts') ? 'projections: a fold' : 'projections: tables and queries';
  }
  if (second === 'read-store' || second === 'application') return isFile(third) ? `${second} (its door)` : `${second}/${third}`;
  return file.startsWith('libs/event-store/codec/') ? 'event-store/codec' : second;
};

const matcher = (pattern: Pattern): RegExp | null => {
  if (pattern === undefined) return null;
  return new RegExp(typeof pattern === 'string' ? pattern : pattern.join('|'));
};

/** As the tool reads a line: a path that matches, and none that must not. */
const matches = ({ path, pathNot }: End, text: string): boolean =>
  (matcher(path)?.test(text) ?? true) && !(matcher(pathNot)?.test(text) ?? false);

/** Lines whose target names a part of where they come from are about one's own folder. */
const isOfOwnFolder = ({ to }: Allowed): boolean => JSON.stringify(to.path ?? '').includes('$1');
const isOfNode = ({ to }: Allowed, name: string): boolean =>
  to.dependencyTypes !== undefined ? to.dependencyTypes.includes('core') : to.path !== undefined && matches(to, name);

type Extent = 'none' | 'ports' | 'parts' | 'all';

export interface Right {
  readonly to: string;
  /** From every file of the area. */
  readonly always: Extent;
  /** From some of them: those that wire adapters, say. */
  readonly sometimes: Extent;
}

export interface Area {
  readonly name: string;
  readonly ownFolderOnly: boolean;
  readonly rights: readonly Right[];
  readonly packages: { readonly always: readonly string[]; readonly sometimes: readonly string[] };
  readonly node: readonly string[];
}

interface Tree {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

const NODE = builtinModules.filter((name) => !name.startsWith('_'));
const isPort = (file: string): boolean => file.endsWith('.port.ts');

const extentOf = (reached: readonly string[], targets: readonly string[]): Extent => {
  if (reached.length === 0) return 'none';
  if (reached.length === targets.length) return 'all';
  return reached.every(isPort) ? 'ports' : 'parts';
};

/** Files from which the same lines start have the same rights. */
const kindsOf = (law: readonly Allowed[], files: readonly string[]): readonly (readonly Allowed[])[] => {
  const kinds = new Map<string, readonly Allowed[]>();
  for (const file of files) {
    const lines = law.filter(({ from }) => matches(from, file));
    kinds.set(lines.map((line) => law.indexOf(line)).join(), lines);
  }
  return [...kinds.values()];
};

const reaches = (lines: readonly Allowed[], target: string): boolean =>
  lines.some(({ to }) => to.dependencyTypes === undefined && matches(to, target));
/** What every kind of file reaches, and what any does. */
const reachedBy = (kinds: readonly (readonly Allowed[])[], targets: readonly string[]) => ({
  always: targets.filter((target) => kinds.every((lines) => reaches(lines, target))),
  sometimes: targets.filter((target) => kinds.some((lines) => reaches(lines, target))),
});

const rightOf = (kinds: readonly (readonly Allowed[])[], [to, targets]: readonly [string, readonly string[]]): Right => {
  const { always, sometimes } = reachedBy(kinds, targets);
  return { to, always: extentOf(always, targets), sometimes: extentOf(sometimes, targets) };
};

/** Every area with what it may import, by trying each line of the law on the files that there are. */
export const areasOf = (law: readonly Allowed[], { files, packages }: Tree): readonly Area[] => {
  const general = law.filter((line) => !isOfOwnFolder(line));
  const byArea = new Map<string, string[]>();
  for (const file of files) byArea.set(areaOf(file), [...(byArea.get(areaOf(file)) ?? []), file]);
  return [...byArea].map(([name, own]) => {
    const kinds = kindsOf(general, own);
    const others = [...byArea].filter(([other]) => other !== name);
    const inPackages = reachedBy(
      kinds,
      packages.map((one) => `node_modules/${one}/index.js`),
    );
    const names = (paths: readonly string[]): readonly string[] => packages.filter((one) => paths.includes(`node_modules/${one}/index.js`));
    return {
      name,
      ownFolderOnly: law.some((line) => isOfOwnFolder(line) && own.some((file) => matches(line.from, file))),
      rights: others.map((target) => rightOf(kinds, target)).filter(({ sometimes }) => sometimes !== 'none'),
      packages: { always: names(inPackages.always), sometimes: names(inPackages.sometimes) },
      node: NODE.filter((one) => kinds.some((lines) => lines.some((line) => isOfNode(line, one)))),
    };
  });
};

/** A library's door and rooms, or the kinds of files of a read model, are one word where the rights to all are the same. */
const wholes = (rights: readonly Right[], all: readonly string[]): readonly Right[] => {
  const libraryOf = (name: string): string => /^(read-store|application|projections)(?=[ /:])/.exec(name)?.[0] ?? name;
  const isWhole = (one: Right): boolean => {
    const same = rights.filter(
      ({ to, always, sometimes }) => libraryOf(to) === libraryOf(one.to) && always === one.always && sometimes === one.sometimes,
    );
    return same.length === all.filter((name) => libraryOf(name) === libraryOf(one.to)).length;
  };
  const named = rights.map((one) => (isWhole(one) ? { ...one, to: libraryOf(one.to) } : one));
  return named.filter(({ to }, at) => named.findIndex((other) => other.to === to) === at);
};

const rightTexts = ({ to, always, sometimes }: Right): readonly string[] => {
  const told = (extent: Extent, mark: string): readonly string[] => {
    if (extent === 'none' || (extent === 'ports' && mark === '')) return [];
    return [`${to}${extent === 'parts' ? ' (parts)' : ''}${mark}`];
  };
  return always === sometimes ? told(always, '') : [...told(always, ''), ...told(sometimes, '\\*')];
};

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const packagesText = ({ packages: { always, sometimes } }: Area, all: readonly string[]): string => {
  const isMost = always.length > all.length / 2;
  const not = listed(all.filter((name) => !always.includes(name)));
  const usual = isMost ? (not === '' ? 'all' : `all but ${not}`) : listed(always);
  const more = listed(sometimes.filter((name) => !always.includes(name)));
  return more === '' ? usual : [usual, `${more} \\*`].filter((part) => part !== '').join('; ');
};

const nodeText = ({ node }: Area): string => (node.length === NODE.length ? 'all' : listed(node));

/** Areas of the same rights stand in one row. */
const rows = (areas: readonly Area[], packages: readonly string[]): readonly string[] => {
  const grouped = new Map<string, string[]>();
  const all = areas.map(({ name }) => name);
  for (const area of areas) {
    const own = area.ownFolderOnly ? ['its own folder'] : [];
    const ports = area.rights.some(({ always }) => always === 'ports') ? ['ports'] : [];
    const others = wholes(
      area.rights,
      all.filter((name) => name !== area.name),
    );
    const cells = [[...own, ...ports, ...others.flatMap(rightTexts)].join(', '), packagesText(area, packages), nodeText(area)].join(' | ');
    grouped.set(cells, [...(grouped.get(cells) ?? []), area.name]);
  }
  return [...grouped].map(([cells, names]) => `| ${names.join(', ')} | ${cells} |`);
};

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

const reach = (edges: Edges, from: string, seen = new Set<string>()): ReadonlySet<string> => {
  for (const next of edges.get(from) ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reach(edges, next, seen);
  }
  return seen;
};

/** Without arrows that follow from others. */
const reduced = (edges: Edges): readonly (readonly [string, string])[] =>
  [...edges].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reach(edges, other).has(to)))
      .map((to) => [from, to] as const),
  );

const flowchart = (edges: Edges): readonly string[] => {
  const pairs = reduced(edges);
  const names = [...new Set(pairs.flat())].sort();
  const id = (name: string): string => (/^[a-z]+$/.test(name) ? name : `box${names.indexOf(name)}`);
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name) => `  ${id(name)}["${name.replaceAll(', ', '<br/>')}"]`),
    ...pairs.map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
    '```',
  ];
};

/** Libraries and apps as wholes; what is imported by its port only, through the one box of all ports. */
const libraryEdges = (areas: readonly Area[]): Edges => {
  const whole = (name: string): string => (name.startsWith('apps/') ? name : name.split(/[ /:]/)[0]!);
  const edges = new Map<string, Set<string>>();
  for (const { name, rights } of areas)
    for (const { to, sometimes } of rights) {
      const target = sometimes === 'ports' ? 'ports' : whole(to);
      if (target !== whole(name)) edges.set(whole(name), (edges.get(whole(name)) ?? new Set()).add(target));
    }
  return edges;
};

/** Rooms on one line, with the same rights, are one box. */
const roomEdges = (areas: readonly Area[], library: string): Edges => {
  const rooms = areas.filter(({ name }) => name.startsWith(library));
  const below = ({ rights }: Area): readonly string[] =>
    rights.filter(({ to, always }) => to.startsWith(library) && always !== 'ports').map(({ to }) => to);
  const above = ({ name }: Area): readonly string[] => rooms.filter((one) => below(one).includes(name)).map((one) => one.name);
  const lineOf = (area: Area): string => JSON.stringify([below(area), above(area)]);
  const boxOf = (name: string): string => {
    const own = rooms.find((area) => area.name === name)!;
    return rooms
      .filter((area) => lineOf(area) === lineOf(own))
      .map((area) => area.name)
      .join(', ');
  };
  return new Map(rooms.map((area) => [boxOf(area.name), new Set(below(area).map(boxOf))]));
};

/** The law as it is in `.dependency-cruiser.js`, as tables and pictures. */
export const importLawText = (root = process.cwd()): string => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a configuration file, which is JavaScript
  const { allowed } = require(join(root, '.dependency-cruiser.js')) as { readonly allowed: readonly Allowed[] };
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly dependencies: object };
  const packages = Object.keys(dependencies);
  const areas = areasOf(allowed, { files: SOURCES.flatMap((folder) => filesBelow(root, folder)).sort(), packages });
  return [
    'Libraries and apps. What is imported by its port alone is drawn through the one box of all ports (`libs/*/*.port.ts`).',
    '',
    ...flowchart(libraryEdges(areas)),
    '',
    'The rooms of the read store.',
    '',
    ...flowchart(roomEdges(areas, 'read-store')),
    '',
    'The rooms of the use cases.',
    '',
    ...flowchart(roomEdges(areas, 'application')),
    '',
    'All of it. _Ports_ are those of all libraries; _(parts)_: some files alone; \\*: from some files of the left side alone, those that wire adapters.',
    '',
    '| From | May import | Packages | Of Node |',
    '| --- | --- | --- | --- |',
    ...rows(areas, packages),
    '',
  ].join('\n');
};
