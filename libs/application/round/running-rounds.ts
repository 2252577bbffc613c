import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import type { MemberId, NetworkId, RoundId } from '#domain/ids';
import type { AskedRound, RoundPhase, RoundWatch } from '../round-runner.port';
import { roundIdOf } from './round-runner';

export interface RunningRound {
  readonly roundId: RoundId;
  readonly by: MemberId;
  readonly since: Instant;
  readonly dryRun: boolean;
  readonly phase: RoundPhase;
}

/** Why a round ended before it was recorded. */
export class RoundStopped extends Error {
  constructor(readonly by: 'somebody' | 'shutdown') {
    super('a round was stopped before it was recorded');
    this.name = 'RoundStopped';
  }
}

interface Running extends Omit<RunningRound, 'phase'> {
  readonly networkId: NetworkId;
  readonly stopping: AbortController;
  readonly result: Promise<unknown>;
  phase: RoundPhase;
}

/** The rounds that this process has under way: seen, joined and stopped by their ids. */
export class RunningRounds {
  private readonly running = new Map<string, Running>();

  constructor(private readonly clock: Clock) {}

  /** Whoever asks for the same round again meanwhile waits for the same answer (R22). */
  run<T>(asked: AskedRound, work: (watch: RoundWatch) => Promise<T>): Promise<T> {
    const key = `${roundIdOf(asked.envelope)} ${asked.envelope.bodyDigest ?? ''}`;
    // The same words under the same id are the same work.
    return (this.running.get(key) ?? this.begin(key, asked, work)).result as Promise<T>;
  }

  of(networkId: NetworkId): readonly RunningRound[] {
    const those = [...this.running.values()].filter((one) => one.networkId === networkId);
    return those.map(({ roundId, by, since, dryRun, phase }) => ({ roundId, by, since, dryRun, phase }));
  }

  /** False: no such round is under way here, or it is being recorded. */
  stop(networkId: NetworkId, roundId: RoundId): boolean {
    const those = [...this.running.values()].filter((one) => one.networkId === networkId && one.roundId === roundId);
    return those.filter((one) => end(one, 'somebody')).length > 0;
  }

  stopAll(): void {
    for (const one of this.running.values()) end(one, 'shutdown');
  }

  private begin(key: string, { envelope, options }: AskedRound, work: (watch: RoundWatch) => Promise<unknown>): Running {
    const stopping = new AbortController();
    const { signal } = stopping;
    const enter = async (phase: RoundPhase): Promise<void> => {
      signal.throwIfAborted();
      one.phase = phase;
    };
    // In a turn of its own: it may enter a phase at once.
    const result = Promise.resolve().then(() => work({ signal, enter }));
    const { networkId, by } = envelope;
    const told = { roundId: roundIdOf(envelope), networkId, by: by.id, since: this.clock.now(), dryRun: options.dryRun ?? false };
    const one: Running = { ...told, phase: 'waiting', stopping, result: result.finally(() => this.running.delete(key)) };
    this.running.set(key, one);
    return one;
  }
}

const end = ({ phase, stopping }: Running, by: RoundStopped['by']): boolean => {
  if (phase === 'recording') return false;
  stopping.abort(new RoundStopped(by));
  return true;
};
