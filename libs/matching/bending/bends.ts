import type { MatchingGates } from '#domain/network/policy';
import type { Bend } from '#domain/vocabulary';

/** A bit for each gate that may bend. */
export const levelBit = 1;
export const placeBit = 2;
export const halfDaysBit = 4;
/** No gate of the policy: inputs tell only what is near enough. Somebody may hold to their very topic. */
export const topicBit = 8;
const bits: readonly (readonly [bit: number, bend: Bend])[] = [
  [topicBit, 'topic'],
  [levelBit, 'level'],
  [placeBit, 'place'],
  [halfDaysBit, 'half-days'],
];

export const hardGates: MatchingGates = { place: 'hard', halfDays: 'hard', level: 'hard' };

/** Which gates a round keeps, and which it bends at a price; those in neither it does not ask. */
export interface KeptGates {
  readonly hard: number;
  readonly soft: number;
}

const bitsOf = ({ level, place, halfDays }: MatchingGates, strictness: MatchingGates['level']): number =>
  (level === strictness ? levelBit : 0) | (place === strictness ? placeBit : 0) | (halfDays === strictness ? halfDaysBit : 0);

export const keptGates = (gates: MatchingGates): KeptGates => ({ hard: bitsOf(gates, 'hard'), soft: bitsOf(gates, 'soft') });

export const bitsFor = (bends: readonly Bend[]): number => bits.reduce((all, [bit, bend]) => (bends.includes(bend) ? all | bit : all), 0);

export const bendsIn = (bent: number): readonly Bend[] => bits.flatMap(([bit, bend]) => ((bent & bit) === 0 ? [] : [bend]));

export const bendCount = (bent: number): number => bendsIn(bent).length;
