import { START, type Position } from './log.port';

const WIDTH = START.length;

/** A log's place as text of 20 digits: strings compare as the numbers do. */
export const toPosition = (place: bigint | number | string): Position => String(place).padStart(WIDTH, '0') as Position;

/** @throws RangeError where the text is no position: it came from outside, or from another log's engine */
export const fromPosition = (position: Position): bigint => {
  if (!/^\d{20}$/.test(position)) throw new RangeError('not a position of this log');
  return BigInt(position);
};
