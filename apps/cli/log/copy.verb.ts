import { Option, SubCommand } from '../verb-decorators';
import { LogUnavailable } from '#event-store/log.port';
import { untilSignal } from '../../installation/run-until-signal';
import { say, type Output } from '../output';
import { createProgress, type Progress } from '../progress';
import { CliProblem } from '../usage';
import { TableVerb } from '../verb';
import { copyBetween, withLogs, type CopyProgress, type CopyResult, type Ends, type TwoLogs } from './logs';
import { tellProofs } from './proof-table';

interface Options extends Ends {
  readonly output: Output;
}

const PHASES: Readonly<Record<CopyProgress['phase'], string>> = {
  comparing: 'comparing what is there',
  copying: 'copying',
  proving: 'proving',
};

/** A bar for each phase: what is left of one says nothing about the next. */
const phases = (): { readonly show: (progress: CopyProgress) => void; readonly end: () => void; readonly copied: () => number } => {
  let [bar, phase, copied]: [Progress | null, CopyProgress['phase'] | null, number] = [null, null, 0];
  return {
    show: (at) => {
      if (at.phase !== phase) bar?.end();
      if (at.phase !== phase || bar === null) [bar, phase] = [createProgress(), at.phase];
      if (at.phase !== 'proving') copied = at.events;
      bar.show(at.share, `${PHASES[at.phase]} | ${at.events} events`);
    },
    end: () => {
      bar?.end();
      bar = null;
    },
    copied: () => copied,
  };
};

const STOPPED = 130;

@SubCommand({
  name: 'copy',
  description:
    'Copy a log into another one, PostgreSQL or EventStoreDB (KurrentDB), in order and byte for byte, and prove it. Stopped or killed, the same command goes on.',
})
export class LogCopyVerb extends TableVerb {
  async run(given: string[], { output, ...ends }: Options): Promise<void> {
    this.only(given, 0);
    const stopping = new AbortController();
    void untilSignal().then(() => {
      say('Stopping after what is under way …');
      stopping.abort();
    });
    await withLogs(ends, async (logs) => {
      const result = await this.copy(logs, stopping.signal);
      say(`${result.found} events were there and were compared, ${result.appended} were copied.`);
      if (result.proofs !== null) return tellProofs(logs, result.proofs, output);
      say('Stopped before the proof. What is there is whole and in order: the same command goes on from here.');
      process.exitCode = STOPPED;
    });
  }

  private async copy(logs: TwoLogs, signal: AbortSignal): Promise<CopyResult> {
    const progress = phases();
    let grown = false;
    const onGrown = (): void => {
      progress.end();
      say('The source grew meanwhile, so somebody writes to it: going on to its new end.');
      grown = true;
    };
    try {
      const result = await copyBetween(logs, { signal, onProgress: progress.show, onGrown }).finally(() => progress.end());
      if (result.proofs !== null && grown) say('The source stands still now.');
      return result;
    } catch (fault) {
      if (!(fault instanceof LogUnavailable)) throw fault;
      throw new CliProblem(`One of the logs stopped answering after ${progress.copied()} events: the same command goes on from there.`, 75);
    }
  }

  @Option({
    flags: '--from <url>',
    description: 'the log to copy, postgresql://…, esdb://… or kurrentdb://… (default: the one that the settings name)',
  })
  from(text: string): string {
    return text;
  }

  @Option({ flags: '--to <url>', description: 'the new log: an empty one, or one in which this copy was begun (default: as for --from)' })
  to(text: string): string {
    return text;
  }
}
