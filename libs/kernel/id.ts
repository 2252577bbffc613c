/** A value of `T` that only the code naming `Name` may make: a member id is no match id. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** ISO 8601 instant in UTC with milliseconds, `2026-03-01T09:00:00.000Z`: strings compare as times do. */
export type Instant = Brand<string, 'Instant'>;

/** An instant that lies in the past or is now: what a question may be asked as of (R24). Made by `asOfOrNow` alone. */
export type PastOrNow = Instant & { readonly __asOf: true };

/** A calendar day in the network's time zone, `2026-03-01`. */
export type Day = Brand<string, 'Day'>;

/** Canonical lower-case UUID. */
export type EventId = Brand<string, 'EventId'>;
export type CommandId = Brand<string, 'CommandId'>;

/** Name of one stream: `category-id`, as in `exchange-7f0c…`. */
export type StreamName = Brand<string, 'StreamName'>;
