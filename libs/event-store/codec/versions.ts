import type { TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import { personalPlan, type PersonalPlan } from './personal-fields';
import type { EventSchema, Upcast } from './schema-kit';

export type AnyEventSchema = Omit<EventSchema<unknown>, 'exactly'>;
export type EventSchemas = { readonly [type: string]: AnyEventSchema };

/** One version of one event type, ready to use. */
export interface Version {
  readonly check: TypeCheck<TSchema>;
  readonly personal: readonly PersonalPlan[];
  /** To the next version; the present one has none. */
  readonly upcast?: Upcast['to'];
}

/** Oldest first: version n at index n − 1. */
const compile = ({ schema, upcasts }: AnyEventSchema): readonly Version[] => [
  ...upcasts.map(({ from, to }) => ({ check: TypeCompiler.Compile(from), personal: personalPlan(from), upcast: to })),
  { check: TypeCompiler.Compile(schema), personal: personalPlan(schema) },
];

const compiled = new WeakMap<AnyEventSchema, readonly Version[]>();

/** Compiled at first use, once a process. */
export const versionsOf = (schema: AnyEventSchema): readonly Version[] => {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const versions = compile(schema);
  compiled.set(schema, versions);
  return versions;
};
