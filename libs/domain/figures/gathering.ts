import { ENOUGH } from './crowd';
import type { Lists, Numbered } from './numbered';

/** A crowd of which only its being enough is asked. */
export interface Gathering {
  readonly restart: () => void;
  /** Whether there are enough now. */
  readonly add: (entry: number) => boolean;
  readonly isEmpty: () => boolean;
}

/** Counts persons not met since the last restart. */
export const gathering = ({ persons, authors, judged }: Numbered): Gathering => {
  const [metAuthors, metJudged] = [new Int32Array(persons), new Int32Array(persons)];
  let [round, voices, authorsMet, judgedMet] = [0, 0, 0, 0];
  const meet = (met: Int32Array, { starts, items }: Lists, entry: number): number => {
    let fresh = 0;
    for (let at = starts[entry]!; at < starts[entry + 1]!; at += 1) {
      if (met[items[at]!] === round) continue;
      met[items[at]!] = round;
      fresh += 1;
    }
    return fresh;
  };
  return {
    restart: () => {
      round += 1;
      voices = authorsMet = judgedMet = 0;
    },
    add: (entry) => {
      voices += 1;
      authorsMet += meet(metAuthors, authors, entry);
      judgedMet += meet(metJudged, judged, entry);
      return authorsMet >= ENOUGH && judgedMet >= ENOUGH;
    },
    isEmpty: () => voices === 0,
  };
};
