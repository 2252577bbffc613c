import type { DataOf } from '#kernel/message';

/** One valid example of every event of an aggregate: a new event without one does not compile. */
export type ExamplesOf<Event extends { type: string; data: unknown }> = { readonly [Type in Event['type']]: DataOf<Event, Type> };
