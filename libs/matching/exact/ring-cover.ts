import { mix } from '../seeded-hash';
import { cyclesIn, linksIn, type Arc, type ExchangeGraph, type Piece } from './exchange-graph';
import type { IntegerSolver, Row } from './integer-program';
import { lexicographicBest } from './lexicographic';

export interface RingLimits {
  /** Members of a cycle; 3 where nothing else is said: longer ones break too easily. */
  readonly longestCycle: number;
  /** Gifts of a chain; 0: none. */
  readonly longestChain: number;
}

/** So many cycles and places in chains can be chosen among in reasonable time. */
const MOST_PIECES = 100_000;

export const defaultRingLimits: RingLimits = { longestCycle: 3, longestChain: 0 };

export interface RingPolicy {
  readonly limits: RingLimits;
  /** Decides between equals; null: any of them, found sooner. */
  readonly seed: number | null;
  /** What comes first: how many receive, or the sum of weights. */
  readonly by: 'count' | 'weight';
}

/** Exchanges that start together: each gives to the next, and in a cycle the last to the first. */
export interface ExchangeRing {
  readonly kind: 'cycle' | 'chain';
  readonly arcs: readonly Arc[];
}

const arcsOf = (piece: Piece): readonly Arc[] => (piece.kind === 'cycle' ? piece.arcs : [piece.arc]);

const atMostOne = (columns: readonly number[]): Row => ({
  least: 0,
  most: 1,
  terms: columns.map((column) => [column, 1] as const),
});

const grouped = (pieces: readonly Piece[], keys: (piece: Piece) => readonly string[]): Map<string, number[]> => {
  const columns = new Map<string, number[]>();
  pieces.forEach((piece, column) => {
    for (const key of keys(piece)) {
      const group = columns.get(key);
      if (group) group.push(column);
      else columns.set(key, [column]);
    }
  });
  return columns;
};

/** Each receives once at most, and a starter gives once. In a cycle and a chain who gives receives. */
const onceEach = (pieces: readonly Piece[]): readonly Row[] => {
  const startOf = (piece: Piece): readonly string[] => (piece.kind === 'link' && piece.position === 1 ? [`start ${piece.arc.from}`] : []);
  const keys = (piece: Piece): readonly string[] => [...arcsOf(piece).map(({ to }) => `to ${to}`), ...startOf(piece)];
  return [...grouped(pieces, keys).values()].filter((columns) => columns.length > 1).map(atMostOne);
};

/** In a chain, who receives at one position may give at the next; nobody else does. */
const linked = (pieces: readonly Piece[]): readonly Row[] => {
  const key = (member: number, position: number): string => `${member} ${position}`;
  const receiving = grouped(pieces, (piece) => (piece.kind === 'link' ? [key(piece.arc.to, piece.position)] : []));
  const giving = grouped(pieces, (piece) => (piece.kind === 'link' && piece.position > 1 ? [key(piece.arc.from, piece.position - 1)] : []));
  return [...giving].map(([where, columns]) => ({
    least: -1,
    most: 0,
    terms: [...columns.map((column) => [column, 1] as const), ...(receiving.get(where) ?? []).map((column) => [column, -1] as const)],
  }));
};

/** Follows the chosen links of each starter. */
const chainsOf = (chosen: readonly Piece[]): readonly ExchangeRing[] => {
  const links = chosen.flatMap((piece) => (piece.kind === 'link' ? [piece] : []));
  const next = new Map(links.map(({ position, arc }) => [`${arc.from} ${position}`, arc]));
  return links
    .filter(({ position }) => position === 1)
    .map(({ arc }) => {
      const arcs = [arc];
      for (let link = next.get(`${arc.to} 2`); link; link = next.get(`${link.to} ${arcs.length + 1}`)) arcs.push(link);
      return { kind: 'chain', arcs };
    });
};

const drawOf = (piece: Piece, seed: number): number =>
  arcsOf(piece).reduce((draw, { from, to }) => mix(mix(draw ^ from) ^ to), mix(seed ^ (piece.kind === 'link' ? piece.position : 0)));

/** Pieces that no row joins are chosen apart: several small programs in the place of a large one. */
const components = (pieces: readonly Piece[], members: number): readonly (readonly Piece[])[] => {
  const parent = Array.from({ length: members }, (_, member) => member);
  const root = (member: number): number => {
    let at = member;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
    return at;
  };
  for (const piece of pieces) for (const { from, to } of arcsOf(piece)) parent[root(from)] = root(to);
  const groups = new Map<number, Piece[]>();
  for (const piece of pieces) {
    const key = root(arcsOf(piece)[0]?.from ?? 0);
    const group = groups.get(key);
    if (group) group.push(piece);
    else groups.set(key, [piece]);
  }
  return [...groups.values()];
};

/** Nobody gives to themselves, or to those who seek nothing. */
const useful = (graph: ExchangeGraph): ExchangeGraph => {
  const arcs = graph.arcs.filter(({ from, to, weight }) => weight > 0 && from !== to && !graph.starters.has(to));
  return { ...graph, arcs: arcs.sort((one, other) => one.from - other.from || one.to - other.to) };
};

/** They grow with every gift that is possible, and with the longest ring and chain that are let. */
export const areTooMany = (graph: ExchangeGraph, { longestCycle, longestChain }: RingLimits): boolean => {
  const given = useful(graph);
  return cyclesIn(given, longestCycle, MOST_PIECES).length + linksIn(given, longestChain, MOST_PIECES).length >= MOST_PIECES;
};

/**
 * The rings, each member in one at most, that let the most people receive and, of those, weigh most (`by: 'count'`); or that weigh most.
 * Proven: by cycles and by the positions of chains (Dickerson, Manlove, Plaut, Sandholm, Trimble 2016). The same on any machine
 * for the same graph, its arcs in any order, and the same seed. A ring's members come in the order of giving; rings in that of their components. Example: `ringCover(graph, { limits: defaultRingLimits, seed: 7, by: 'count' }, solve)`.
 */
export const ringCover = (graph: ExchangeGraph, { limits, seed, by }: RingPolicy, solve: IntegerSolver): readonly ExchangeRing[] => {
  const given = useful(graph);
  const pieces: readonly Piece[] = [
    ...cyclesIn(given, limits.longestCycle).map((arcs): Piece => ({ kind: 'cycle', arcs })),
    ...linksIn(given, limits.longestChain),
  ];
  return components(pieces, graph.members).flatMap((part) => {
    const weights = part.map((piece) => arcsOf(piece).reduce((sum, { weight }) => sum + weight, 0));
    const goals = by === 'weight' ? [weights] : [part.map((piece) => arcsOf(piece).length), weights];
    const draws = seed === null ? null : part.map((piece) => drawOf(piece, seed));
    const columns = lexicographicBest({ goals, rows: [...onceEach(part), ...linked(part)], draws }, solve);
    const chosen = columns.flatMap((column) => part[column] ?? []);
    return [
      ...chosen.flatMap((piece): readonly ExchangeRing[] => (piece.kind === 'cycle' ? [{ kind: 'cycle', arcs: piece.arcs }] : [])),
      ...chainsOf(chosen),
    ];
  });
};
