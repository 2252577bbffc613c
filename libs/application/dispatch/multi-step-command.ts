import type { CommandId } from '#kernel/id';
import type { SentCommand } from '#domain/catalogue';
import { streamOf } from '#domain/deciders';
import type { Envelope } from './envelope';
import { idFrom } from './derived-ids';
import { orUnknown, type Outcome } from './outcome';
import type { Dispatcher, Guard } from './run-decider';

export interface CommandStep {
  readonly order: SentCommand;
  readonly guard?: Guard | undefined;
}

export interface Steps {
  readonly first: readonly CommandStep[];
  readonly last: CommandStep;
}

/**
 * One use case that needs several commands. The last bears the use case's command id, each earlier one an id derived from it,
 * so that a repeat goes on where a crash came, or answers as the first time (R22). Stops at the first that is not done.
 */
export const multiStepCommand = (dispatcher: Dispatcher, envelope: Envelope, { first, last }: Steps): Promise<Outcome> =>
  orUnknown(envelope.commandId, async () => {
    const answered = await dispatcher.answered(streamOf(last.order), envelope);
    if (answered) return answered;
    for (const { order, guard } of first) {
      const outcome = await dispatcher.dispatch(order, stepOf(envelope, order.type), guard);
      if (outcome.outcome === 'rejected') return outcome;
      if (outcome.outcome === 'unknown') return { outcome: 'unknown', commandId: envelope.commandId };
    }
    return dispatcher.dispatch(last.order, envelope, last.guard);
  });

/** The revision expected is the last command's stream's. */
const stepOf = ({ expectedRevision: _, ...envelope }: Envelope, type: string): Envelope => ({
  ...envelope,
  commandId: idFrom<CommandId>(envelope.commandId, `step/${type}`),
  correlationId: envelope.correlationId ?? envelope.commandId,
  causationId: envelope.causationId ?? envelope.commandId,
});
