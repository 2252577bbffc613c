import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '#apps/demo/seeded-random';
import { START, type EventLog } from '#event-store/log.port';
import type { CheckRun } from '../runner/check';
import type { ScratchLog } from '../runner/scratch-logs';
import { lastWords, startCommand, type CommandEnd } from '../runner/command-line';

export interface ToldProof {
  readonly events: number;
  readonly hash: string;
}

/** What `log copy` and `log verify` print. */
export const toldProofs = ({ stdout }: CommandEnd): readonly ToldProof[] =>
  stdout === '' ? [] : (JSON.parse(stdout) as readonly ToldProof[]);

export interface KilledCopy {
  readonly kills: number;
  readonly proofs: readonly ToldProof[];
  readonly seconds: number;
  /** What ended by itself otherwise than it should. */
  readonly findings: readonly string[];
}

export interface Journey {
  readonly name: string;
  readonly from: ScratchLog;
  readonly to: ScratchLog;
  readonly events: number;
  readonly kills: number;
  readonly chance: SeededRandom;
}

/** Half of the kills wait until so many events are in the target; the others fall into starting, comparing, proving. */
const earlyMs = (events: number): readonly [least: number, most: number] => [50, 2_000 + Math.round(events / 10)];
const AFTER_EVENTS_MS = [0, 40] as const;

/** How many events the target holds, told by the target itself. */
class TargetWatch {
  private count = 0;
  private readonly ending = new AbortController();
  private wake = (): void => undefined;
  private readonly watching: Promise<void>;

  constructor(log: EventLog) {
    this.watching = this.follow(log);
  }

  get seen(): number {
    return this.count;
  }

  /** Until that many are seen, or `over`. */
  async reached(count: number, over: AbortSignal): Promise<void> {
    over.addEventListener('abort', () => this.wake());
    while (this.count < count && !over.aborted) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.watching;
  }

  private async follow(log: EventLog): Promise<void> {
    for await (const { kind } of log.subscribe({ after: START, signal: this.ending.signal })) {
      if (kind !== 'event') continue;
      this.count += 1;
      this.wake();
    }
  }
}

const copying = ({ from, to }: Journey) => startCommand({}, 'log', 'copy', '--from', from.url, '--to', to.url, '--output', 'json');

/** One copy, killed at its moment. Answers how it ended, where it ended before that. */
const killOne = async (journey: Journey, watch: TargetWatch, after: number): Promise<CommandEnd | null> => {
  const { child, ended } = copying(journey);
  const over = new AbortController();
  void ended.then(() => over.abort());
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal: over.signal }).catch(() => undefined);
  const { chance } = journey;
  if (watch.seen >= after || chance.yes(0.5)) await wait(chance.whole(...earlyMs(journey.events)));
  else {
    await watch.reached(after, over.signal);
    await wait(chance.whole(...AFTER_EVENTS_MS));
  }
  child.kill('SIGKILL');
  const end = await ended;
  return end.code === null ? null : end;
};

/** Kills copies of one journey one after another, then lets the last one end. */
export const copyKilled = async (journey: Journey, { signal, progress }: CheckRun): Promise<KilledCopy> => {
  const { name, events, chance } = journey;
  const startedAt = Date.now();
  const findings: string[] = [];
  const watch = new TargetWatch(journey.to.log);
  const moments = Array.from({ length: journey.kills }, () => chance.whole(1, events)).sort((one, other) => one - other);
  let kills = 0;
  try {
    for (const [n, moment] of moments.entries()) {
      signal.throwIfAborted();
      const end = await killOne(journey, watch, moment);
      if (end === null) kills += 1;
      else if (end.code !== 0) findings.push(`${name}: copy ${n + 1} ended by itself with ${lastWords(end)}`);
      progress(`${name}: kill ${n + 1} of ${journey.kills}${end === null ? '' : ' came too late'}; ${watch.seen} events there`);
    }
    signal.throwIfAborted();
    const end = await copying(journey).ended;
    if (end.code !== 0) findings.push(`${name}: the last copy ended by itself with ${lastWords(end)}`);
    return { kills, proofs: toldProofs(end), seconds: Math.round((Date.now() - startedAt) / 100) / 10, findings };
  } finally {
    await watch.stop();
  }
};
