import { type Crowd, isSafe, nobody, shift, type Voice } from './crowd';

/**
 * What is left of the network's answer when every shown cell of one dimension is taken away (R15): it must be nothing or a crowd,
 * or else a hidden cell could be had by subtraction.
 */
export interface Margin {
  readonly network: Set<Voice>;
  readonly cover: Map<Voice, number>;
  readonly rest: Crowd;
}

export type Part = 'network' | 'cell';

export const emptyMargin = (): Margin => ({ network: new Set(), cover: new Map(), rest: nobody() });

const isLeft = ({ network, cover }: Margin, voice: Voice): boolean => network.has(voice) !== (cover.get(voice) ?? 0) > 0;

const turnInNetwork = (network: Set<Voice>, voice: Voice, entering: boolean): void => {
  if (entering) network.add(voice);
  else network.delete(voice);
};

/** One voice enters or leaves what is shown of the network or of a cell. */
const turn = (margin: Margin, part: Part, change: Change): void => {
  const { voice, entering } = change;
  const before = isLeft(margin, voice);
  if (part === 'network') turnInNetwork(margin.network, voice, entering);
  else margin.cover.set(voice, (margin.cover.get(voice) ?? 0) + (entering ? 1 : -1));
  const after = isLeft(margin, voice);
  if (before !== after) shift(margin.rest, voice, after ? 1 : -1);
};

export interface Change {
  readonly voice: Voice;
  readonly entering: boolean;
}

const apply = (margin: Margin, part: Part, changes: readonly Change[]): void => changes.forEach((change) => turn(margin, part, change));

const inverse = ({ voice, entering }: Change): Change => ({ voice, entering: !entering });

/** Makes the changes where all margins stay safe, else none; tells which. */
export const applyWhereSafe = (margins: readonly Margin[], part: Part, changes: readonly Change[]): boolean => {
  margins.forEach((margin) => apply(margin, part, changes));
  if (margins.every(({ rest, network }) => network.size === 0 || isSafe(rest))) return true;
  margins.forEach((margin) => apply(margin, part, changes.map(inverse)));
  return false;
};
