import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { asOfOrNow } from '#kernel/instant';
import type { RoundId } from '#domain/ids';
import type { Envelope } from '../dispatch/envelope';
import { idFrom } from '../dispatch/derived-ids';
import { orUnknown, rejected, type Outcome } from '../dispatch/outcome';
import { streamNamed, type Dispatcher, type Guard } from '../dispatch/run-decider';
import type { FrozenInputs, RoundInputsSource } from '../round-inputs.port';
import type { AskedRound, DryRun, RoundRunner, RoundWatch } from '../round-runner.port';
import { inputHashOf } from './input-hash';
import { readRound, type RecordedRound, type RoundLog } from './recorded-round';
import { notComparable, recordedInputs, replayOver, type Replay } from './replay';
import { solveRound, type RingSolver } from './solve-round';

export interface RoundRunnerParts extends RoundLog {
  readonly dispatcher: Dispatcher;
  readonly source: RoundInputsSource;
  readonly clock: Clock;
  readonly ringSolver: RingSolver;
}

/** The round that this command runs. */
export const roundIdOf = ({ commandId }: Envelope): RoundId => idFrom<RoundId>(commandId, 'round');

/** R18: a clock that ticks makes no other round. A pair whose rest ends today rests until tomorrow. */
export const startOfDay = (now: Instant): Instant => `${now.slice(0, 10)}T00:00:00.000Z` as Instant;

/** R18: a round is recorded under the policy that it was computed by; one that has begun is completed under that. */
const underPolicy =
  (computed: number): Guard =>
  async ({ policyVersion }) =>
    policyVersion === computed ? null : { code: 'policy-changed-meanwhile' };

/** Null: no such network. What stopped halfway goes on over what it read then, whatever has changed since. */
const inputsFor = async (
  { source, clock }: RoundRunnerParts,
  { envelope, options }: AskedRound,
  { begun, signal }: { readonly begun: RecordedRound | null; readonly signal: AbortSignal },
): Promise<{ readonly asOf: Instant; readonly frozen: FrozenInputs } | null> => {
  const then = begun && recordedInputs(begun);
  if (then) return { asOf: then.asOf, frozen: await source.inputsAt(then, signal) };
  const now = clock.now();
  const asOf = asOfOrNow(options.asOf ?? startOfDay(now), now);
  const frozen = await source.freeze(envelope.networkId, asOf);
  return frozen && { asOf, frozen };
};

const runRound = async (parts: RoundRunnerParts, asked: AskedRound, { signal, enter }: RoundWatch): Promise<Outcome | DryRun> => {
  const { dispatcher } = parts;
  const { envelope, options } = asked;
  const roundId = roundIdOf(envelope);
  await enter('reading');
  const answered = await dispatcher.answered(streamNamed('round', roundId), envelope);
  if (answered) return answered;
  const begun = await readRound(parts, roundId);
  // what has begun to be recorded is completed, and not stopped any more
  const pass = begun ? async () => undefined : enter;
  if (begun) await enter('recording');
  const read = await inputsFor(parts, asked, { begun, signal });
  if (!read) return rejected({ code: 'network-not-found' });
  await pass('solving');
  const { asOf, frozen } = read;
  const seed = options.seed ?? Number.parseInt(envelope.commandId.slice(0, 8), 16);
  const found = await solveRound(frozen, { roundId, seed }, parts.ringSolver);
  if (found === null) return rejected({ code: 'too-many-rings' });
  const { policyVersion } = frozen.facts;
  const round = { roundId, asOf, readUpTo: frozen.readUpTo, inputHash: inputHashOf(frozen.inputs), seed, ...found };
  const order = { type: 'RunMatchingRound', data: round } as const;
  if (options.dryRun) {
    const { refusal } = await dispatcher.judge(order, envelope);
    return refusal ? rejected(refusal) : { outcome: 'dry-run', round, policyVersion };
  }
  await pass('recording');
  const guard = begun ? undefined : underPolicy(policyVersion);
  return dispatcher.dispatchInParts(order, envelope, { guard, isLast: (types) => types.includes('MatchingRoundCompleted') });
};

const replayRound = async (parts: RoundRunnerParts, roundId: RoundId, { signal, enter }: RoundWatch): Promise<Replay | null> => {
  await enter('reading');
  const round = await readRound(parts, roundId);
  if (round === null) return null;
  const then = recordedInputs(round);
  const untried = notComparable(round);
  if (untried || !then) return untried;
  const frozen = await parts.source.inputsAt(then, signal);
  await enter('solving');
  return replayOver(round, frozen, parts.ringSolver);
};

/** In this thread. */
export const createRoundRunner = (parts: RoundRunnerParts): RoundRunner => ({
  run: (asked, watch) => orUnknown<DryRun>(asked.envelope.commandId, () => runRound(parts, asked, watch)),
  replay: (roundId, watch) => replayRound(parts, roundId, watch),
});
