import { Option, SubCommand } from '../verb-decorators';
import type { Instant } from '#kernel/id';
import type { NetworkId } from '#domain/ids';
import { untilSignal } from '../../installation/run-until-signal';
import { readSettings } from '../../installation/settings';
import { playDemoOn } from '../../demo/open-for-demo';
import type { DemoSummary } from '../../demo/summary';
import { say, type Output } from '../output';
import { printFacts } from './facts';
import { createProgress } from '../progress';
import { badUsage, instantIn, networkIdIn, wholeNumber } from '../usage';
import { TableVerb } from '../verb';

/** Half a lifetime on either side: whatever the history plans and computes has a date. */
const [EARLIEST, LATEST] = ['2000-01-01', '2100-01-01'];

interface Options {
  readonly members: number;
  readonly months: number;
  readonly seed: number;
  readonly until?: Instant;
  readonly network?: NetworkId;
  readonly output: Output;
}

const rowOf = (summary: DemoSummary) => ({
  network: summary.networkId,
  seed: summary.seed,
  from: summary.from,
  until: summary.until,
  members: summary.members,
  offersAndRequests: summary.offersAndRequests,
  matches: summary.matches,
  exchangesHeld: summary.exchangesHeld,
  evaluations: summary.evaluations,
  events: summary.events,
  seconds: summary.seconds,
});

@SubCommand({
  name: 'demo',
  description: 'Play the history of a made-up network through the same commands as the API. The same seed and end give the same history.',
})
export class DemoVerb extends TableVerb {
  async run(given: string[], { members, months, seed, until, network, output }: Options): Promise<void> {
    this.only(given, 0);
    const stopping = new AbortController();
    void untilSignal().then(() => stopping.abort());
    const progress = createProgress();
    const options = {
      members,
      months,
      seed,
      signal: stopping.signal,
      ...(until ? { until } : {}),
      ...(network ? { networkId: network } : {}),
    };
    const summary = await playDemoOn(readSettings(process.env), options, ({ at, share, events }) =>
      progress.show(share, `${at.slice(0, 10)} | ${events} events`),
    ).finally(() => progress.end());
    if (summary.stopped) say('Stopped between two commands; what was played stays.');
    printFacts(rowOf(summary), output);
  }

  @Option({ flags: '--members <n>', description: 'how many people enrol', defaultValue: 120 })
  members(text: string): number {
    return wholeNumber('--members', { least: 10, most: 20_000 })(text);
  }

  @Option({ flags: '--months <m>', description: 'how many months the history lasts', defaultValue: 3 })
  months(text: string): number {
    return wholeNumber('--months', { least: 1, most: 60 })(text);
  }

  @Option({ flags: '--seed <s>', description: 'decides all that chance decides', defaultValue: 1 })
  seed(text: string): number {
    return wholeNumber('--seed', { least: 0, most: 0xffff_ffff })(text);
  }

  @Option({ flags: '--until <date>', description: 'when the history ends (default: the start of today, UTC)' })
  until(text: string): Instant {
    const until = instantIn('--until')(text);
    if (until < EARLIEST || until >= LATEST) throw badUsage('--until must lie in the years 2000 to 2099.');
    return until;
  }

  @Option({ flags: '--network <id>', description: 'id of the new network, a UUID (default: one that the seed gives)' })
  network(text: string): string {
    return networkIdIn(text);
  }
}
