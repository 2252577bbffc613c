import { Option, SubCommand } from '../verb-decorators';
import { withInstallation } from '../installation-of';
import { print, type Output } from '../output';
import { createProgress } from '../progress';
import { TableVerb } from '../verb';
import { badRowReport } from './report-bad-rows';
import { ENCODINGS, encodingIn, type Encoding } from './text-encoding';
import { importTopics } from './topics-input';

@SubCommand({
  name: 'topics',
  arguments: '<path>',
  argsDescription: {
    path: 'a folder with ESCO’s skills_fr….csv and skills_en….csv, or one CSV file with the columns uri, language, label, alternatives, broader',
  },
  description: 'Load a list of topics in French and English. Loading the same list again changes nothing; bad rows are reported by line.',
})
export class TopicsVerb extends TableVerb {
  async run(given: string[], { output, encoding }: { readonly output: Output; readonly encoding: Encoding }): Promise<void> {
    this.only(given, 1);
    const report = badRowReport();
    await withInstallation(async ({ topics }) => {
      const progress = createProgress();
      const read = await importTopics(topics, given[0]!, {
        encoding,
        onBad: report.onBad,
        onNote: report.onNote,
        onProgress: (share, rows) => progress.show(share, `${rows} rows`),
      }).finally(() => progress.end());
      print(['files', 'rows', 'changed', 'unlabelled', 'broader', 'bad', 'topics'], [{ ...read, topics: await topics.count() }], output);
    });
    report.end();
  }

  @Option({ flags: '--encoding <name>', description: `of the file: ${ENCODINGS.join(', ')}`, defaultValue: 'utf-8' })
  encoding(text: string): Encoding {
    return encodingIn(text);
  }
}
