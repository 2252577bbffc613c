import { say } from '../output';
import { CliProblem } from '../usage';
import type { BadRow } from './csv-input';

const MAX_SHOWN = 50;

/** Tells bad rows on stderr as they come: the first fifty, then their number. */
export const badRowReport = () => {
  let count = 0;
  return {
    onNote: say,
    onBad: ({ file, line, reason }: BadRow): void => {
      count += 1;
      if (count <= MAX_SHOWN) say(`${file}:${line}: ${reason}`);
      if (count === MAX_SHOWN + 1) say('… further bad rows are only counted');
    },
    /** @throws CliProblem where some were bad: the good ones are kept, but a script should notice */
    end: (): void => {
      if (count > 0) throw new CliProblem(`${count} bad row${count > 1 ? 's were' : ' was'} left out; all others are kept.`, 65);
    },
  };
};
