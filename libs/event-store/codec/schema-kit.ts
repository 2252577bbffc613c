import { Type, type Static, type TProperties, type TSchema } from '@sinclair/typebox';
import type { Day, Instant } from '#kernel/id';
import type { DataOf, Personal } from '#kernel/message';
import type { Salt } from '#domain/ids';

/** Under whose key a personal field lies (R19): the author's own, or one of that author and this stream. */
export interface PersonalMark {
  /** JSON pointer into `data` to the member id of the author. */
  readonly owner: `/${string}`;
  readonly key: 'member' | 'stream';
}

/** Makes of one version's data the next version's. Personal fields come as references or texts: move them, never look inside. */
export interface Upcast {
  /** Schema of the version that is upcast. */
  readonly from: TSchema;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the old version's type is gone; `from` has checked the data
  readonly to: (data: any) => unknown;
}

type Frozen<T> = T extends string | number | boolean | null | undefined ? T : { readonly [Key in keyof T]: Frozen<T[Key]> };
type Whole<T> = T extends string | number | boolean | null | undefined ? T : { readonly [Key in keyof T]-?: Whole<T[Key]> };

/** Two spellings of one shape give the same type here; an optional field more or less gives another. */
export type Shape<Data> = readonly [Frozen<Data>, Whole<Data>];

/** One event type: its present version is one more than its upcasts, oldest first. */
export interface EventSchema<Exact> {
  readonly meaning: string;
  readonly version: number;
  readonly schema: TSchema;
  readonly upcasts: readonly Upcast[];
  /** Never set: makes schemas of different data different types, in both directions. */
  readonly exactly?: <Any>() => Any extends Exact ? 1 : 2;
}

type AnyEvent = { type: string; data: unknown };

/** A schema for every event of an aggregate: a missing type, or a field too many or too few, does not compile. */
export type SchemasOf<Event extends AnyEvent> = { readonly [Type in Event['type']]: EventSchema<Shape<DataOf<Event, Type>>> };

const INSTANT = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';
export const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
export const REF = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}#/.+$';

export const record = <Fields extends TProperties>(fields: Fields) => Type.Object(fields, { additionalProperties: false });
export const event = <Fields extends TProperties>(
  meaning: string,
  fields: Fields,
  upcasts: readonly Upcast[] = [],
): EventSchema<Shape<Static<ReturnType<typeof record<Fields>>>>> => ({
  meaning,
  version: upcasts.length + 1,
  schema: record(fields),
  upcasts,
});

export const id = <Id extends string>() => Type.Unsafe<Id>(Type.String({ minLength: 1, maxLength: 200, title: 'id' }));
export const text = () => Type.String({ title: 'text' });
export const code = () => Type.String({ maxLength: 200, title: 'code' });
export const uri = () => Type.String({ maxLength: 2000, title: 'URI' });
export const instant = () => Type.Unsafe<Instant>(Type.String({ pattern: INSTANT, title: 'instant' }));
export const day = () => Type.Unsafe<Day>(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title: 'day' }));
/** R15: 128 random bits, as 32 hex digits. */
export const salt = () => Type.Unsafe<Salt>(Type.String({ pattern: '^[0-9a-f]{32}$', title: '128 random bits' }));
export const flag = () => Type.Boolean({ title: 'yes/no' });
export const number = () => Type.Number({ title: 'number' });
export const whole = () => Type.Integer({ title: 'whole number' });
export const count = () => Type.Integer({ minimum: 0, title: 'whole number ≥ 0' });
export const grade = () => Type.Integer({ minimum: 1, maximum: 5, title: '1 to 5' });
export const list = <Item extends TSchema>(item: Item) => Type.Array(item);
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
export const oneOf = <const Values extends readonly string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>(Type.Union(values.map((value) => Type.Literal(value))));

const ref = Type.Object({ ref: Type.String({ pattern: REF }) }, { additionalProperties: false });

/** A free text or a name. In clear when written; encrypted, or a reference to another event's field, when stored. */
export const personal = (mark: PersonalMark) => Type.Unsafe<Personal>(Type.Union([Type.String(), ref], { personal: mark }));

export const personalMark = (schema: TSchema): PersonalMark | undefined => schema['personal'] as PersonalMark | undefined;
