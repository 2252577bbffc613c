/** Somebody could give to somebody; `weight`: how good that is, whole and above 0. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Who could give to whom, each at most once and each receiving at most once; one arc at most from one to another. */
export interface ExchangeGraph {
  /** Numbered from 0. */
  readonly members: number;
  /** Those who seek nothing: a chain starts with one of them, and nobody gives to them. */
  readonly starters: ReadonlySet<number>;
  readonly arcs: readonly Arc[];
}

/** What may be chosen: arcs that close a circle, or the arc at one position of a chain. */
export type Piece =
  { readonly kind: 'cycle'; readonly arcs: readonly Arc[] } | { readonly kind: 'link'; readonly position: number; readonly arc: Arc };

export const arcsFrom = ({ members, arcs }: ExchangeGraph): readonly (readonly Arc[])[] => {
  const from = Array.from({ length: members }, (): Arc[] => []);
  for (const arc of arcs) from[arc.from]?.push(arc);
  return from;
};

/** By member, how many steps lead back to `home` at least, over members from `home` on; only where at most `most`. */
const stepsHome = (incoming: readonly (readonly Arc[])[], home: number, most: number): ReadonlyMap<number, number> => {
  const steps = new Map([[home, 0]]);
  let edge = [home];
  for (let step = 1; step <= most; step += 1) {
    const next: number[] = [];
    for (const to of edge)
      for (const { from } of incoming[to] ?? []) {
        if (from <= home || steps.has(from)) continue;
        steps.set(from, step);
        next.push(from);
      }
    edge = next;
  }
  return steps;
};

/** Each cycle of at most `longest` members once, begun by its lowest member; no more than `most` of them. */
export const cyclesIn = (graph: ExchangeGraph, longest: number, most = Infinity): readonly (readonly Arc[])[] => {
  const outgoing = arcsFrom(graph);
  const incoming = arcsFrom({ ...graph, arcs: graph.arcs.map((arc) => ({ ...arc, from: arc.to, to: arc.from })) }).map((arcs) =>
    arcs.map((arc) => ({ ...arc, from: arc.to, to: arc.from })),
  );
  const cycles: (readonly Arc[])[] = [];
  for (let home = 0; home < graph.members; home += 1) {
    const steps = stepsHome(incoming, home, longest - 1);
    const walk = (trail: readonly Arc[], at: number): void => {
      for (const arc of outgoing[at] ?? []) {
        if (cycles.length >= most) return;
        if (arc.to === home) cycles.push([...trail, arc]);
        else if (trail.length + 1 + (steps.get(arc.to) ?? longest) <= longest && trail.every(({ to }) => to !== arc.to))
          walk([...trail, arc], arc.to);
      }
    };
    walk([], home);
  }
  return cycles;
};

/** By position, the arcs that may stand there in a chain of at most `longest` arcs: those that a starter's gifts can reach in so many steps; once there are `most`, no further position. */
export const linksIn = (graph: ExchangeGraph, longest: number, most = Infinity): readonly Piece[] => {
  const outgoing = arcsFrom(graph);
  const links: Piece[] = [];
  let givers: ReadonlySet<number> = graph.starters;
  for (let position = 1; position <= longest && links.length < most; position += 1) {
    const arcs = [...givers].sort((one, other) => one - other).flatMap((giver) => outgoing[giver] ?? []);
    for (const arc of arcs) links.push({ kind: 'link', position, arc });
    givers = new Set(arcs.map(({ to }) => to));
  }
  return links;
};
