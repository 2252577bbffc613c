import type { Position } from '../log.port';
import { fromPosition } from '../position';

/** How much of the way from one place of a log to another is gone, from 0 to 1: for people, for places are not always counts. */
export const shareOfWay = (from: Position, at: Position, to: Position): number => {
  const [start, place, end] = [from, at, to].map((position) => Number(fromPosition(position))) as [number, number, number];
  return end > start ? Math.min(1, (place - start) / (end - start)) : 1;
};
