import type { Decider } from '#kernel/decider';
import type { CommandId, StreamName } from '#kernel/id';
import type { SavoirsCommand, SavoirsEvent } from '#domain/catalogue';
import type { Codec, RecordedEvent } from '#event-store/codec.port';
import { START, type EventLog, type Position } from '#event-store/log.port';
import type { Done } from './outcome';
import type { Refusal } from './refusals';

/** A decider of any aggregate: which one is known from the stream's category, so types are forgotten in this one place. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- state and events belong together by the category alone
export type AnyDecider = Decider<any, SavoirsCommand, SavoirsEvent, Refusal>;

export interface Loaded<State> {
  readonly state: State;
  /** Of the last event; -1 and START where there is none. */
  readonly revision: number;
  readonly position: Position;
  /** Network of the stream's first event. */
  readonly network: string | null;
  /** The answer this command id got before, if it was accepted here (R22). */
  readonly answered: Done | null;
  /** The tag under which it was answered, where it has one. */
  readonly answeredTag: string | undefined;
}

export const plain = ({ type, data, meta }: RecordedEvent): SavoirsEvent => ({ type, data, occurredAt: meta.occurredAt }) as SavoirsEvent;

const continued = (before: Done | null, revision: number, position: Position, type: string): Done => ({
  outcome: 'done',
  repeated: true,
  revision,
  position,
  eventTypes: [...(before?.eventTypes ?? []), type],
});

/** A stream without an event. */
export const notBegun = ({ initial }: Pick<AnyDecider, 'initial'>): Loaded<unknown> => ({
  state: initial as unknown,
  revision: -1,
  position: START,
  network: null,
  answered: null,
  answeredTag: undefined,
});

/** Folds one stream, and looks for what `commandId` wrote in it. Personal fields stay references: no key is needed. */
export const loadStream = async (
  { log, codec }: { readonly log: EventLog; readonly codec: Codec },
  stream: StreamName,
  { decider, commandId }: { readonly decider: AnyDecider; readonly commandId?: CommandId },
): Promise<Loaded<unknown>> => {
  let loaded = notBegun(decider);
  for await (const stored of log.readStream(stream)) {
    const event = codec.decode(stored);
    const { revision, position, type } = stored;
    const isItself = event.meta.commandId === commandId;
    loaded = {
      state: decider.evolve(loaded.state, plain(event)),
      revision,
      position,
      network: loaded.network ?? event.meta.network,
      answered: isItself ? continued(loaded.answered, revision, position, type) : loaded.answered,
      answeredTag: isItself ? event.meta.commandTag : loaded.answeredTag,
    };
  }
  return loaded;
};
