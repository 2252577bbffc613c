import { readSettings } from '../../installation/settings';
import { print, type Output } from '../output';
import { TableVerb } from '../verb';
import { SubCommand } from '../verb-decorators';

const COLUMNS = ['name', 'version', 'build', 'state', 'pace', 'position', 'lagEvents', 'lagSeconds'] as const;

@SubCommand({ name: 'list', description: 'Every build of a projection, every process: state, position, and how far behind the log it is' })
export class ListVerb extends TableVerb {
  async run(given: string[], { output }: { readonly output: Output }): Promise<void> {
    this.only(given, 0);
    const { readStatus } = await import('#apps/installation/read-status');
    const rows = (await readStatus(readSettings(process.env))).map(({ serves, position, lagMs, ...one }) => ({
      name: one.name,
      version: one.version,
      build: one.build,
      state: serves,
      pace: one.pace,
      position: position.replace(/^0+(?=\d)/, ''),
      lagEvents: one.lagEvents,
      lagSeconds: Math.round(lagMs / 1000),
    }));
    print(COLUMNS, rows, output);
  }
}
