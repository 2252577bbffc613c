import { SubCommand } from '../verb-decorators';
import { readSettings } from '../../installation/settings';
import { say } from '../output';
import { Verb } from '../verb';
import { keepErasures } from './backup';

@SubCommand({
  name: 'erasures',
  arguments: '<file>',
  argsDescription: { file: 'begun where there is none, else added to; keep it on another machine, and name it by SAVOIRS_ERASURE_LEDGER' },
  description:
    'Begin the signed ledger of erasures, by opaque ids, or add what it lacks: nobody comes back with an older copy of the keys.',
})
export class ErasuresVerb extends Verb {
  async run(given: string[]): Promise<void> {
    this.only(given, 1);
    const settings = readSettings(process.env);
    const erasures = await keepErasures(settings, given[0]!);
    const isKept = settings.erasureLedger !== null;
    say(
      `${erasures} erasures are in ${given[0]}.${isKept ? '' : ' Name it by SAVOIRS_ERASURE_LEDGER, so that each one comes into it before it is confirmed.'}`,
    );
  }
}
