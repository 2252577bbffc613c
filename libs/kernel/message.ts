import type { CommandId, EventId, Instant, StreamName } from './id';

/** A fact. Its name and fields are a storage contract: a change is a new version and an upcaster. */
export interface DomainEvent<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
  /** When the fact happened, where that is not the moment it was decided (a session held yesterday). */
  readonly occurredAt?: Instant;
}

export type DataOf<Message extends { type: string; data: unknown }, Type extends Message['type'] = Message['type']> = Extract<
  Message,
  { type: Type }
>['data'];

/** Who acts: an opaque id, and the role in which they act here. */
export interface Actor<Id extends string = string, Role extends string = string> {
  readonly id: Id;
  readonly role: Role;
}

/** What every event tells besides its data. Nothing here is personal. */
export interface EventMeta {
  readonly eventId: EventId;
  readonly stream: StreamName;
  readonly network: string;
  readonly actor: Actor;
  readonly commandId: CommandId;
  /** Binds the command's id to what was asked under it (R22): keyed, so that it tells nothing else. */
  readonly commandTag?: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Version of the network's policy, where it took part in the decision. */
  readonly policyVersion?: number;
}

/** An event as read back: what folds, processes and auditors see. */
export type Recorded<Event extends { type: string; data: unknown }> = Event extends unknown
  ? { readonly type: Event['type']; readonly data: Event['data']; readonly meta: EventMeta }
  : never;

/**
 * A text about or by a person. Deciders write it in clear; the codec encrypts it before a store sees it,
 * and readers get a reference instead, unless they answer a person.
 */
export type Personal = string | PersonalRef;

/** Names a personal text without holding it: `{ ref: '<event id>#<field path>' }`. */
export interface PersonalRef {
  readonly ref: string;
}
