import { Option, SubCommand } from '../verb-decorators';
import { untilSignal } from '../../installation/run-until-signal';
import { say } from '../output';
import { createProgress } from '../progress';
import { Verb } from '../verb';
import { adopt } from './adopt';

const STOPPED = 130;

@SubCommand({
  name: 'adopt',
  description:
    'Let the read tables follow the copy that the settings name now: processes go on where they stood, read models are made anew',
})
export class LogAdoptVerb extends Verb {
  async run(given: string[], { from }: { readonly from?: string }): Promise<void> {
    this.only(given, 0);
    const stopping = new AbortController();
    const { signal } = stopping;
    void untilSignal().then(() => stopping.abort());
    const progress = createProgress();
    try {
      const { log } = await adopt(from, {
        signal,
        onProgress: ({ events, share }) => progress.show(share, `comparing | ${events} events`),
      });
      progress.end();
      say(`The read tables follow the log ${log} now. Start Savoirs: read models are made anew.`);
    } catch (fault) {
      progress.end();
      if (!signal.aborted) throw fault;
      say('Stopped: nothing was changed.');
      process.exitCode = STOPPED;
    }
  }

  @Option({ flags: '--from <url>', description: 'the log that is left (default: the one in the database of the settings)' })
  from(text: string): string {
    return text;
  }
}
