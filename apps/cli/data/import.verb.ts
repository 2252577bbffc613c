import { CommandBus } from '@nestjs/cqrs';
import { Option, SubCommand } from '../verb-decorators';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Outcome } from '#application/dispatch/outcome';
import type { ApplyOnBehalf } from '#application/member/apply-on-behalf';
import { keyedCommandId } from '#application/dispatch/keyed-command-id';
import type { Installation } from '../../installation/installation';
import { commandsOf } from '../../installation/commands';
import { withInstallation } from '../installation-of';
import { print, type Output } from '../output';
import { createProgress } from '../progress';
import { badData, networkIdIn } from '../usage';
import { TableVerb } from '../verb';
import { importEntries, type EntriesRead } from './entries-input';
import { inputAt, layoutOf } from './csv-input';
import { badRowReport } from './report-bad-rows';
import { ENCODINGS, encodingIn, type Encoding } from './text-encoding';

interface Options {
  readonly network: NetworkId;
  readonly by: string;
  readonly encoding: Encoding;
  readonly output: Output;
}

const imported = async (
  installation: Installation,
  { path, network, by, encoding, report }: Omit<Options, 'output'> & { path: string; report: ReturnType<typeof badRowReport> },
): Promise<EntriesRead> => {
  // beside read models of another log nobody would see what is entered here
  await installation.prepareReadModels();
  if (!(await installation.application.facts.of(network))) throw badData(`There is no network ${network} here.`);
  const { keys } = installation;
  const id = await keys.register(network, by);
  const commands = await commandsOf(installation);
  const progress = createProgress();
  try {
    const bus = commands.get(CommandBus);
    return await importEntries(path, {
      networkId: network,
      by: { id: id as MemberId, role: 'facilitator' },
      commandIdFor: async (subject, text) => keyedCommandId(keys, { network, member: await keys.register(network, subject), text }),
      execute: (command) => bus.execute<ApplyOnBehalf, Outcome>(command),
      encoding,
      onBad: report.onBad,
      onNote: report.onNote,
      onProgress: (share, rows) => progress.show(share, `${rows} rows`),
    });
  } finally {
    progress.end();
    await commands.close();
  }
};

@SubCommand({
  name: 'import',
  arguments: '<file>',
  argsDescription: { file: 'a CSV file, one row a person, with the columns of docs/import.md' },
  description:
    'Enter the people, offers and requests of a fair. Each entry waits until that person confirms; the same row again changes nothing.',
})
export class ImportVerb extends TableVerb {
  async run(given: string[], { output, ...options }: Options): Promise<void> {
    this.only(given, 1);
    const path = given[0]!;
    if (inputAt(path).isFolder) throw badData(`${path} is a folder: name one CSV file.`);
    await layoutOf({ path, encoding: options.encoding });
    const report = badRowReport();
    const read = await withInstallation((installation) => imported(installation, { path, ...options, report }));
    print(['rows', 'entered', 'known', 'bad'], [{ ...read }], output);
    report.end();
  }

  @Option({ flags: '--network <id>', description: 'the network that they enter', required: true })
  network(text: string): string {
    return networkIdIn(text);
  }

  @Option({
    flags: '--by <subject>',
    description: 'the facilitator who enters them, by the subject of their token',
    defaultValue: 'savoirs-cli',
  })
  by(text: string): string {
    return text;
  }

  @Option({ flags: '--encoding <name>', description: `of the file: ${ENCODINGS.join(', ')}`, defaultValue: 'utf-8' })
  encoding(text: string): Encoding {
    return encodingIn(text);
  }
}
