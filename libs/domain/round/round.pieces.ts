import type { FoundMatch } from './round.events';

/** One event holds at most so many matches, or requests left unmatched (§4). */
export const largestPiece = 500;

/**
 * What one event, and the events of one append, may weigh in bytes: far below what a log takes (256 KiB, and 1 MiB for an append),
 * since everybody's commands wait while it is written.
 */
const heaviestPiece = 60_000;
const heaviestCommand = 80_000;

/** About as many bytes as its canonical JSON has, and rather more. */
export const weightOfMatch = ({ participants, topicUri, bends = [] }: FoundMatch): number =>
  500 + participants.length * 160 + (topicUri?.length ?? 0) + bends.length * 20;
export const weightOfUnmatched = (): number => 110;

/** As many of the items as one event takes, one at least. */
export const firstPiece = <Item>(items: readonly Item[], weigh: (item: Item) => number): readonly Item[] => {
  let weight = 0;
  const end = items.findIndex((item, index) => index === largestPiece || ((weight += weigh(item)) > heaviestPiece && index > 0));
  return end < 0 ? items : items.slice(0, end);
};

export interface Piece<Item> {
  readonly items: readonly Item[];
  readonly weight: number;
}

/** The items in pieces, as many as `room` bytes take; the first always. */
export const piecesWithin = <Item>(
  items: readonly Item[],
  weigh: (item: Item) => number,
  room = heaviestCommand,
): readonly Piece<Item>[] => {
  const pieces: Piece<Item>[] = [];
  let [rest, left] = [items, room];
  while (rest.length > 0) {
    const piece = firstPiece(rest, weigh);
    const weight = piece.reduce((sum, item) => sum + weigh(item), 0);
    if (weight > left) break;
    pieces.push({ items: piece, weight });
    [rest, left] = [rest.slice(piece.length), left - weight];
  }
  return pieces;
};

export const roomAfter = (pieces: readonly Piece<unknown>[]): number => pieces.reduce((room, { weight }) => room - weight, heaviestCommand);
