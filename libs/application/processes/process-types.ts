import type { Recorded } from '#kernel/message';
import type { Due, Process } from '#kernel/process';
import type { SavoirsEvent, SentCommand } from '#domain/catalogue';

/** The events of these types, as a fold reads them. */
export type Fact<Type extends SavoirsEvent['type']> = Extract<Recorded<SavoirsEvent>, { type: Type }>;
export type EventOf<Type extends SavoirsEvent['type']> = Extract<SavoirsEvent, { type: Type }>;
export type SavoirsProcess<Type extends SavoirsEvent['type'], Row> = Process<EventOf<Type>, Row, SentCommand>;

/** A cause is an event, or a due time that came: only the latter has a name. */
export const isDue = (cause: { readonly type: string } | Due): cause is Due => 'name' in cause;
