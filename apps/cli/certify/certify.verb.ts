import { Option, SubCommand } from '../verb-decorators';
import type { Position } from '#event-store/log.port';
import type { Until } from '#read-store/as-of/log-position';
import { untilSignal } from '../../installation/run-until-signal';
import { say } from '../output';
import { badUsage, wholeNumber } from '../usage';
import { Verb } from '../verb';

interface Options {
  readonly fromLog?: boolean;
  readonly at?: Until;
  readonly memory: number;
  readonly output: 'line' | 'json';
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const POSITION = /^(\d{1,20})(?:\.[0-9a-f]{8})?$/;
const STOPPED = 130;

@SubCommand({
  name: 'certify',
  arguments: '<name>',
  description:
    'Say in one line what a read model is: name, version, last event, hash. With --from-log any machine that has the log arrives at the same line.',
})
export class ProjectionsCertifyVerb extends Verb {
  async run(given: string[], { fromLog = false, at, memory, output }: Options): Promise<void> {
    this.only(given, 1);
    if (at !== undefined && !fromLog) throw badUsage('--at goes with --from-log: the tables are certified where they stand.');
    const stopping = new AbortController();
    const { signal } = stopping;
    void untilSignal().then(() => stopping.abort());
    const [name = ''] = given;
    const { certifyFromLog, certifyHere } = await import('#apps/cli/certify/certify');
    const { certificateLine } = await import('#read-store/certificates/certificate');
    try {
      const certificate = await (fromLog
        ? certifyFromLog(name, { until: at ?? 'head', memoryMiB: memory, signal })
        : certifyHere(name, signal));
      process.stdout.write(`${output === 'json' ? JSON.stringify(certificate) : certificateLine(certificate)}\n`);
    } catch (fault) {
      if (!signal.aborted) throw fault;
      say('Stopped before the end: nothing is certified.');
      process.exitCode = STOPPED;
    }
  }

  @Option({ flags: '--from-log', description: 'fold the log that the settings name: no tables and no keys are opened' })
  fromLog(): boolean {
    return true;
  }

  @Option({ flags: '--at <event|position>', description: 'with --from-log: up to this event, or this position (default: all)' })
  at(text: string): Until {
    const id = text.toLowerCase();
    if (UUID.test(id)) return { eventId: id };
    const position = POSITION.exec(text)?.[1];
    if (position === undefined) throw badUsage('--at must be the id of an event, or a position in the log.');
    return { position: position.padStart(20, '0') as Position };
  }

  @Option({ flags: '--memory <MiB>', description: 'with --from-log: about how much rows may take at once', defaultValue: 512 })
  memory(text: string): number {
    return wholeNumber('--memory', { least: 1, most: 1_000_000 })(text);
  }

  @Option({ flags: '--output <form>', description: 'line or json', defaultValue: 'line' })
  output(text: string): Options['output'] {
    if (text !== 'line' && text !== 'json') throw badUsage('--output must be line or json.');
    return text;
  }
}
