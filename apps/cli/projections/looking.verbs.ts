import { Option, SubCommand } from '../verb-decorators';
import type { Compared } from '#read-store/builds/comparison';
import { withInstallation } from '../installation-of';
import { print, say, type Output } from '../output';
import { TableVerb } from '../verb';
import { inOneSentence } from './operate';
import { PROGRESS_COLUMNS, progressRow } from './progress-rows';

interface Options {
  readonly output: Output;
  readonly watch?: boolean;
}

@SubCommand({
  name: 'progress',
  arguments: '[name]',
  description: 'How far each build is: events done, to do, a second, and time left at the pace of lately',
})
export class ProgressVerb extends TableVerb {
  async run(given: string[], { output, watch = false }: Options): Promise<void> {
    this.only(given, 1);
    await withInstallation(async (installation) => {
      await installation.prepareReadModels();
      if (watch && given[0] !== undefined) await (await import('#apps/cli/projections/watch-build')).watchBuild(installation, given[0]);
      print(PROGRESS_COLUMNS, (await installation.builds.progress(given[0])).map(progressRow), output);
    });
  }

  @Option({ flags: '--watch', description: 'with a name: a bar until it is built' })
  watch(): boolean {
    return true;
  }
}

const titleOf = ({ version, build }: Compared['from']): string => `version ${version}, build ${build}`;

/** Whole in JSON; for people the numbers that decide. */
const lines = (compared: Compared) => [
  { what: 'rows', from: compared.rows.from, to: compared.rows.to },
  { what: 'only there', from: compared.onlyFrom, to: compared.onlyTo },
  { what: 'in both, but different', from: compared.differing, to: compared.differing },
];

@SubCommand({
  name: 'compare',
  arguments: '<name>',
  description: 'Compare the build that is ready with the one that serves, row by row, at one position',
})
export class CompareVerb extends TableVerb {
  async run(given: string[], { output }: Options): Promise<void> {
    this.only(given, 1);
    await withInstallation(async ({ builds }) => {
      const compared = await inOneSentence(() => builds.compare({ name: given[0]! }));
      if (output === 'json') return void process.stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
      print(['what', 'from', 'to'], lines(compared), output);
      say(`From ${titleOf(compared.from)} to ${titleOf(compared.to)}, at position ${compared.position.replace(/^0+(?=\d)/, '')}.`);
      if (compared.foreign.length > 0) say(`Not compared, only one has them: ${compared.foreign.join(', ')}.`);
      if (compared.examples.length > 0) say(`Different, for example: ${compared.examples.join(', ')}.`);
      say(compared.agrees ? 'Nothing differs but what the projection declares.' : 'They differ: it does not take over by itself.');
    });
  }
}
