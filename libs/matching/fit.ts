import type { ScoreParts } from '#domain/round/round.events';
import type { HalfDay, Level, PlaceOfExchange } from '#domain/vocabulary';

const levels: Readonly<Record<Level, number>> = { beginner: 0, practised: 1, advanced: 2 };
const days = ['mon', 'tue', 'wed', 'thu', 'fri'];

export const levelNumber = (level: Level): number => levels[level];

export const anyHalfDay = 0x3ff;

/** One bit a half-day; none named: any may do. */
export const halfDayBits = (availability: readonly HalfDay[]): number =>
  availability.reduce((bits, half) => bits | (1 << (days.indexOf(half.slice(0, 3)) * 2 + (half.endsWith('pm') ? 1 : 0))), 0) || anyHalfDay;

export const onSite = 1;
export const remote = 2;

/** Ways in which a place lets people meet. */
export const placeBits = (place: PlaceOfExchange): number => (place === 'site' ? onSite : place === 'remote' ? remote : onSite | remote);

/** How many half-days each of the 1,024 combinations has. */
const counts = Uint8Array.from({ length: anyHalfDay + 1 }, (_, bits) => [...bits.toString(2)].filter((bit) => bit === '1').length);

export const bitCount = (bits: number): number => counts[bits] ?? 0;

/** Weights of the parts, in hundredths. Waiting and reciprocity tip the balance between fits, and block nobody (R3). */
export const weights: Readonly<Record<Exclude<keyof ScoreParts, 'total'>, number>> = {
  topic: 25,
  level: 20,
  language: 5,
  distance: 15,
  availability: 10,
  reciprocity: 10,
  waiting: 15,
};

/** To four places: what is shown is what was compared. */
export const round4 = (number: number): number => Math.round(number * 10_000) / 10_000;

export type Parts = Omit<ScoreParts, 'total'>;

/** In whole ten-thousandths, so that every machine adds alike (R18). */
export const tenThousandths = (part: number): number => Math.round(part * 10_000);

export const totalOf = (parts: Parts): number => {
  const sum = (Object.keys(weights) as (keyof typeof weights)[]).reduce(
    (all, part) => all + weights[part] * tenThousandths(parts[part]),
    0,
  );
  return Math.round(sum / 100) / 10_000;
};

/** By the steps from one topic to the other. */
const nearFits = [0.8, 0.5, 0.4];

/** The same topic by its URI says more than the same words, these more than a topic that is near; one that is not fits not at all. */
export const topicFit = (sameUri: boolean, steps = 0): number => (sameUri ? 1 : (nearFits[steps] ?? 0));

/** An offer's level at or above what is sought; far above fits less, below not at all. */
export const levelFit = (above: number): number => (above < 0 ? 0 : 1 - above * 0.4);

/** Meeting on the same site is the nearest; remote by wish is near; remote for want of a common site is less; no way in common is none. */
export const distanceFit = (common: number, byWish: boolean): number =>
  common === 0 ? 0 : (common & onSite) !== 0 ? 1 : byWish ? 0.8 : 0.6;

/** Share of the shorter list of half-days that both have. */
export const availabilityFit = (one: number, other: number): number =>
  round4(bitCount(one & other) / Math.min(bitCount(one), bitCount(other)));

const fullWaitDays = 60;
/** 0 on the day of publication, 1 from the sixtieth day on. */
export const waitingFit = (milliseconds: number): number => round4(Math.min(1, Math.max(0, milliseconds / (fullWaitDays * 86_400_000))));

/** Days of waiting that still count in what a pair costs, when its score has long ceased to rise: so that newer requests of a better fit do not come first for ever. */
export const mostWaitedDays = 360;

export const waitedDays = (milliseconds: number): number => Math.min(mostWaitedDays, Math.max(0, Math.floor(milliseconds / 86_400_000)));
