import type { ArcColumns } from '../optimum/assignment-problem';

export interface Arc {
  readonly offer: number;
  readonly cost: number;
  readonly halfDays: number;
  readonly ways: number;
}

/** More than any request has arcs. */
const MOST = 2 ** 22;
/** So many are sorted fastest by moving one after the other. */
const FEW = 32;

/** Columns of arcs that grow, request by request. */
export interface ArcList {
  readonly add: (arc: Arc) => void;
  /** The request's arcs are all there: they are sorted by offer, so that the draw, and no order of search, decides between equals (R18). */
  readonly end: () => void;
  readonly columns: () => ArcColumns;
}

/** `room`: for how many arcs it begins. */
export const arcList = (requests: number, room = 65_536): ArcList => {
  let [offer, cost, halfDays, ways] = [new Int32Array(room), new Int32Array(room), new Uint16Array(room), new Uint8Array(room)];
  const first = new Int32Array(requests + 1);
  let [size, ended] = [0, 0];
  let [keys, places, moved] = [new Float64Array(256), new Int32Array(256), new Int32Array(256)];
  const grow = (): void => {
    const length = Math.ceil(size * 1.3) + 1;
    const longer = <Column extends Int32Array | Uint16Array | Uint8Array>(column: Column, into: Column): Column => (into.set(column), into);
    offer = longer(offer, new Int32Array(length));
    cost = longer(cost, new Int32Array(length));
    halfDays = longer(halfDays, new Uint16Array(length));
    ways = longer(ways, new Uint8Array(length));
  };
  const copy = (from: number, to: number): void => {
    offer[to] = offer[from]!;
    cost[to] = cost[from]!;
    halfDays[to] = halfDays[from]!;
    ways[to] = ways[from]!;
  };
  const write = (at: number, arc: Arc): void => {
    offer[at] = arc.offer;
    cost[at] = arc.cost;
    halfDays[at] = arc.halfDays;
    ways[at] = arc.ways;
  };
  /** Moves one arc after the other to its place: most requests have few. */
  const insertFrom = (start: number): void => {
    for (let end = start + 1; end < size; end += 1) {
      const arc = { offer: offer[end]!, cost: cost[end]!, halfDays: halfDays[end]!, ways: ways[end]! };
      let at = end;
      for (; at > start && offer[at - 1]! > arc.offer; at -= 1) copy(at - 1, at);
      if (at < end) write(at, arc);
    }
  };
  const sortFrom = (start: number): void => {
    const count = size - start;
    if (count <= FEW) return insertFrom(start);
    if (places.length < count) [keys, places, moved] = [new Float64Array(count * 2), new Int32Array(count * 2), new Int32Array(count * 2)];
    for (let index = 0; index < count; index += 1) keys[index] = offer[start + index]! * MOST + index;
    keys.subarray(0, count).sort();
    for (let index = 0; index < count; index += 1) places[index] = keys[index]! % MOST;
    for (const column of [offer, cost, halfDays, ways]) {
      for (let index = 0; index < count; index += 1) moved[index] = column[start + index]!;
      for (let index = 0; index < count; index += 1) column[start + index] = moved[places[index]!]!;
    }
  };
  return {
    add: (arc) => {
      if (size === offer.length) grow();
      write(size, arc);
      size += 1;
    },
    end: () => {
      sortFrom(first[ended]!);
      ended += 1;
      first[ended] = size;
    },
    columns: () => ({
      first,
      offer: offer.subarray(0, size),
      cost: cost.subarray(0, size),
      halfDays: halfDays.subarray(0, size),
      ways: ways.subarray(0, size),
    }),
  };
};
