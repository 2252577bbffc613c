import type { ArcColumns } from '../optimum/assignment-problem';
import { joins, type SeatedRound } from './seated-round';

/** A request that would move, and to whom. */
interface Move {
  readonly sought: number;
  readonly to: number;
}

interface Searched {
  /** By giver, how their place would come free. */
  readonly moves: ReadonlyMap<number, Move>;
  /** The request that was looked for, and the giver whose place it would take. */
  readonly found: Move | null;
}

/**
 * From givers with a place, backwards: who could take it, whose place would that free, who could take that one (Berge's augmenting paths,
 * walked from their end). Groups stay as they are.
 */
const searchFrom = (
  seated: SeatedRound,
  starts: readonly number[],
  { isSought, through }: { readonly isSought: (sought: number) => boolean; readonly through?: Uint8Array },
): Searched => {
  const { byOffer, alone, search } = seated;
  const moves = new Map<number, Move>();
  const seen = new Set(starts);
  const queue = [...starts];
  for (const to of queue)
    for (let place = byOffer.firstOffer[to]!; place < byOffer.firstOffer[to + 1]!; place += 1) {
      const given = byOffer.offers[place]!;
      if (search.market.offers[given]!.smallestGroup > 1) continue;
      for (let at = byOffer.first[given]!; at < byOffer.first[given + 1]!; at += 1) {
        const sought = byOffer.request[at]!;
        if (isSought(sought)) return { moves, found: { sought, to } };
        const giver = alone[sought]!;
        if (giver < 0 || seen.has(giver) || through?.[giver] === 0) continue;
        seen.add(giver);
        moves.set(giver, { sought, to });
        queue.push(giver);
      }
    }
  return { moves, found: null };
};

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A group that is one person's alone may be gone by the time that somebody else would join it. */
const withoutLone = (seated: SeatedRound): SeatedRound => ({
  ...seated,
  groups: new Map([...seated.groups].map(([given, open]) => [given, open.filter(({ sought }) => sought.length > 1)])),
});

/** Givers whose only learner could join a group elsewhere. */
const freedByGroups = (seated: SeatedRound): readonly number[] => {
  const lasting = withoutLone(seated);
  const { byOffer, alone, groups } = lasting;
  const freed: number[] = [];
  for (const given of groups.keys())
    for (let at = byOffer.first[given]!; at < byOffer.first[given + 1]!; at += 1) {
      const sought = byOffer.request[at]!;
      if (alone[sought]! >= 0 && joins(lasting, given, sought)) freed.push(alone[sought]!);
    }
  return freed;
};

/** By giver, whether one more learner would find room: a place is left, or comes free where others move, and nobody loses theirs. */
export const roomAt = (seated: SeatedRound): Uint8Array => {
  const { free, search } = seated;
  const starts = range(search.market.members).filter((giver) => free[giver]! > 0);
  const all = [...new Set([...starts, ...freedByGroups(seated)])];
  const { moves } = searchFrom(seated, all, { isSought: () => false });
  const room = new Uint8Array(search.market.members);
  for (const giver of [...all, ...moves.keys()]) room[giver] = 1;
  return room;
};

/** Everybody moves up to the start, where a place was free. */
const moveUp = ({ alone }: SeatedRound, { moves }: Searched, last: Move): void => {
  for (let move: Move | undefined = last; move; move = moves.get(move.to)) alone[move.sought] = move.to;
};

/** By giver, whether somebody without a place would take theirs, were it free, or the place of who moves there. Nothing else need be searched. */
export const soughtPlaces = ({ search, served, alone }: SeatedRound, arcs: ArcColumns): Uint8Array => {
  const { offers, offer, members } = search.market;
  const taught: number[][] = [];
  alone.forEach((giver, sought) => {
    if (giver >= 0) (taught[giver] ??= []).push(sought);
  });
  const isSought = new Uint8Array(members);
  const queue = range(served.length).filter((sought) => served[sought] === 0);
  for (const sought of queue)
    for (let at = arcs.first[sought]!; at < arcs.first[sought + 1]!; at += 1) {
      const giver = offer.member[arcs.offer[at]!]!;
      if (isSought[giver] === 1 || offers[arcs.offer[at]!]!.smallestGroup > 1) continue;
      isSought[giver] = 1;
      queue.push(...(taught[giver] ?? []));
    }
  return isSought;
};

/** How many more are served when this giver has so many places; what stands is changed by it. */
export const seatAt = (
  seated: SeatedRound,
  through: Uint8Array,
  { giver, places }: { readonly giver: number; readonly places: number },
): number => {
  for (let taken = 0; taken < places; taken += 1) {
    const searched = searchFrom(seated, [giver], { isSought: (sought) => seated.served[sought] === 0, through });
    if (!searched.found) return taken;
    moveUp(seated, searched, searched.found);
    seated.served[searched.found.sought] = 1;
  }
  return places;
};
