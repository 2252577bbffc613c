import { Option, SubCommand } from '../verb-decorators';
import type { RetryResult } from '#read-store/parked/parked-queue';
import type { Installation } from '../../installation/installation';
import { withInstallation } from '../installation-of';
import { print, say, type Output } from '../output';
import { badUsage, wholeNumber } from '../usage';
import { TableVerb } from '../verb';
import { ParkedVerbs } from './acting.verb';
import { operate, type Acting } from './operate';

interface ListOptions {
  readonly limit: number;
  readonly output: Output;
}

const COLUMNS = ['name', 'version', 'build', 'row', 'event', 'type', 'due', 'state', 'fault', 'answered', 'attempts', 'parkedAt'] as const;

@SubCommand({
  name: 'parked',
  arguments: '[name]',
  description: 'Events and due times that wait behind a fault of a read model or process, or were skipped, by row',
})
export class ParkedVerb extends TableVerb {
  async run(given: string[], { limit, output }: ListOptions): Promise<void> {
    this.only(given, 1);
    await withInstallation(async (installation) => {
      await installation.prepareReadModels();
      const [name] = given;
      const { parked, next } = await installation.builds.parked({ page: { limit }, ...(name === undefined ? {} : { name }) });
      const rows = parked.map(({ key, unknown, eventId, due, ...one }) => {
        return { ...one, row: unknown ? `? ${key}` : key, event: eventId, due: due === null ? '' : `${due.name} ${due.at}` };
      });
      print(COLUMNS, rows, output);
      if (next !== null) say(`Only the first ${limit} are shown: see --limit.`);
    });
  }

  @Option({ flags: '--limit <n>', description: 'how many to show', defaultValue: 100 })
  limit(text: string): number {
    return wholeNumber('--limit', { least: 1, most: 1000 })(text);
  }
}

interface RetryOptions extends Acting {
  readonly row?: string;
  readonly output: Output;
}

const printRetried = (done: readonly RetryResult[], output: Output): void =>
  print(
    ['name', 'version', 'build', 'row', 'folded', 'left', 'fault'],
    done.map(({ key, ...one }) => ({ ...one, row: key })),
    output,
  );

const keyIn = ({ row }: RetryOptions): { readonly key?: string } => (row === undefined ? {} : { key: row });

@SubCommand({
  name: 'retry',
  arguments: '<name>',
  argsDescription: { name: 'a read model or process/NAME, as `projections parked` names it' },
  description:
    'Fold parked events again, or give a process’s commands again, after the code was mended: each row’s all or none; of a process, one after the other',
})
export class RetryVerb extends ParkedVerbs {
  async run(given: string[], options: RetryOptions): Promise<void> {
    this.only(given, 1);
    await withInstallation(async (installation: Installation) => {
      const name = given[0]!;
      const { output, row: _, ...acting } = options;
      printRetried(
        await operate(installation, { ...acting, action: 'repeat-parked', name }, installation.builds.retry({ name, ...keyIn(options) })),
        output,
      );
    });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@SubCommand({
  name: 'skip',
  arguments: '<name> <event>',
  argsDescription: {
    name: 'a read model or process/NAME, as `projections parked` names it',
    event: 'id of the parked event; of a due time, of the event that set it',
  },
  description: 'Drop a parked event, or a process’s commands on it, for good, and go on with what waited behind it',
})
export class SkipVerb extends ParkedVerbs {
  async run(given: string[], options: RetryOptions): Promise<void> {
    this.only(given, 2);
    const [name, eventId] = given as [string, string];
    if (!UUID.test(eventId)) throw badUsage('The event must be named by its id, a UUID.');
    await withInstallation(async (installation: Installation) => {
      const { output, row: _, ...acting } = options;
      const doing = installation.builds.skip({ name, eventId, ...keyIn(options) });
      printRetried(await operate(installation, { ...acting, action: 'drop-parked', name }, doing), output);
    });
  }
}
