import { eachOffer, mayMeet, type Search } from '../candidates/candidates';
import type { Market } from '../market';
import { roomAt } from './making-room';
import { joins, type SeatedRound } from './seated-round';

type Columns = Pick<Market['request'], 'halfDays' | 'places' | 'level'> & Pick<Market, 'available'>;

/** Requests as they might be, one at a time, where everybody sits as they do. */
export interface Trial {
  /** Whether an offer would take this request, were it so. */
  readonly wouldServe: (sought: number, column: keyof Columns, value: number) => boolean;
  /** By giver: whether one more learner finds room. */
  readonly room: Uint8Array;
}

const isServed = (seated: SeatedRound, room: Uint8Array, sought: number): boolean => {
  const { market } = seated.search;
  const takes = (given: number): boolean => {
    if (!mayMeet(seated.search, given, sought)) return false;
    const alone = market.offers[given]!.smallestGroup === 1 && room[market.offer.member[given]!] === 1;
    return alone || joins(seated, given, sought);
  };
  let served = false;
  eachOffer(seated.search, sought, (given) => {
    served ||= takes(given);
  });
  return served;
};

/** The columns that are changed are copies of its own, and are put back. */
export const trialOf = (seated: SeatedRound): Trial => {
  const { search } = seated;
  const { request, available } = search.market;
  const columns: Columns = {
    halfDays: request.halfDays.slice(),
    places: request.places.slice(),
    level: request.level.slice(),
    available: available.slice(),
  };
  const market: Search['market'] = { ...search.market, available: columns.available, request: { ...request, ...columns } };
  const there: SeatedRound = { ...seated, search: { ...search, market } };
  const room = roomAt(seated);
  return {
    room,
    wouldServe: (sought, column, value) => {
      const was = columns[column][sought]!;
      columns[column][sought] = value;
      const served = isServed(there, room, sought);
      columns[column][sought] = was;
      return served;
    },
  };
};
