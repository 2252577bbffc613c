import { Option, SubCommand } from '../verb-decorators';
import { untilSignal } from '../../installation/run-until-signal';
import { say, type Output } from '../output';
import { createProgress } from '../progress';
import { TableVerb } from '../verb';
import { proveBetween, withLogs, type Ends } from './logs';
import { tellProofs } from './proof-table';

interface Options extends Ends {
  readonly output: Output;
}

const STOPPED = 130;

@SubCommand({
  name: 'verify',
  description: 'Read two logs whole and say whether they hold the same events in the same order. Writes no event.',
})
export class LogVerifyVerb extends TableVerb {
  async run(given: string[], { output, ...ends }: Options): Promise<void> {
    this.only(given, 0);
    const stopping = new AbortController();
    const { signal } = stopping;
    void untilSignal().then(() => stopping.abort());
    await withLogs(ends, async (logs) => {
      const progress = createProgress();
      try {
        const proofs = await proveBetween(logs, { signal, onProgress: ({ events, share }) => progress.show(share, `${events} events`) });
        progress.end();
        await tellProofs(logs, proofs, output);
      } catch (fault) {
        progress.end();
        if (!signal.aborted) throw fault;
        say('Stopped before the end: nothing is proven.');
        process.exitCode = STOPPED;
      }
    });
  }

  @Option({
    flags: '--from <url>',
    description: 'one log, postgresql://…, esdb://… or kurrentdb://… (default: the one that the settings name)',
  })
  from(text: string): string {
    return text;
  }

  @Option({ flags: '--to <url>', description: 'the other log (default: as for --from)' })
  to(text: string): string {
    return text;
  }
}
