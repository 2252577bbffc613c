import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandId } from '#kernel/id';
import type { SavoirsEvent } from '#domain/catalogue';
import { idFrom } from './derived-ids';
import type { Envelope } from './envelope';
import { answeredBefore, append, judgeOn, noGuard, read, type Run } from './judge-and-append';
import { loadStream, type AnyDecider } from './load-stream';
import { rejected, type Outcome } from './outcome';
import type { Guard } from './run-decider';

/** One command in several appends: the stream is loaded once, and others' commands get their turn in between. */
export interface InParts {
  /** The part that bears the command's own id, so that a repeat answers as the first time. */
  readonly isLast: (eventTypes: readonly SavoirsEvent['type'][]) => boolean;
  /** Before the first part. */
  readonly guard?: Guard | undefined;
}

/** A part is named by where it stands: what was cut short goes on by the same ids. */
const partOf = (envelope: Envelope, revision: number): Envelope => ({
  ...envelope,
  commandId: idFrom<CommandId>(envelope.commandId, `part/${revision}`),
  correlationId: envelope.commandId,
});

/** R22: what was begun under this id was asked in other words. */
const isOtherWords = async ({ parts, stream, envelope }: Run, decider: AnyDecider): Promise<boolean> => {
  const began = partOf(envelope, -1);
  const loaded = await loadStream(parts, stream, { decider, commandId: began.commandId });
  return (await answeredBefore(parts, loaded, began))?.kind === 'refused';
};

export const inPartsOnce = async (run: Run, decider: AnyDecider, isLast: InParts['isLast']): Promise<Outcome | 'conflict'> => {
  const { facts, loaded: first } = await read(run, decider);
  if (first.revision >= 0 && (await isOtherWords(run, decider))) return rejected({ code: 'idempotency-key-reused' });
  let [loaded, guard] = [first, run.guard];
  for (;;) {
    const judged = await judgeOn({ ...run, guard }, decider, { facts, loaded });
    if (judged.kind === 'refused') return rejected(judged.refusal);
    if (judged.kind === 'answered') return judged.done;
    const last = judged.events.length === 0 || isLast(judged.events.map(({ type }) => type));
    const began = performance.now();
    const outcome = await append(last ? run : { ...run, envelope: partOf(run.envelope, loaded.revision) }, judged);
    if (outcome === 'conflict' || outcome.outcome === 'rejected') return outcome;
    if (outcome.outcome === 'unknown') return { ...outcome, commandId: run.envelope.commandId };
    if (last) return outcome;
    const state = judged.events.reduce((before: unknown, event) => decider.evolve(before, event), loaded.state);
    loaded = { ...loaded, state, revision: outcome.revision, position: outcome.position };
    // what has begun is completed
    guard = noGuard;
    // as long as others waited for this append, nobody waits for the next one
    await sleep(performance.now() - began);
  }
};
