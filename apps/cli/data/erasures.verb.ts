import { SubCommand } from 'nest-commander';
import { say } from '../output';
import { Verb } from '../verb';
import { keepErasures, settingsHere } from './backup';

@SubCommand({
  name: 'erasures',
  arguments: '<file>',
  argsDescription: { file: 'is replaced whole; keep it on another machine' },
  description: 'Write who was erased so far, by opaque ids: a restore of an earlier backup asks for it, so that nobody comes back.',
})
export class ErasuresVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 1);
    const { erasures, takenAt } = await keepErasures(settingsHere(), given[0]!);
    say(`${erasures.length} erasures up to ${takenAt} are in ${given[0]}.`);
  }
}
