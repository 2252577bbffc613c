import { personalMark, type PersonalMark } from '#event-store/codec/schema-kit';
import type { TSchema } from '@sinclair/typebox';

/** One field of an event, however deep it lies. */
export interface SchemaField {
  /** `offers[].content.wording` */
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
  readonly personal?: PersonalMark;
}

type Json = TSchema & {
  readonly properties?: { readonly [key: string]: TSchema };
  readonly required?: readonly string[];
  readonly anyOf?: readonly TSchema[];
  readonly items?: TSchema | readonly TSchema[];
  readonly patternProperties?: { readonly [pattern: string]: TSchema };
};

const isNull = (schema: TSchema): boolean => schema['type'] === 'null';

const variant = (schema: TSchema): string =>
  `{ ${Object.entries((schema as Json).properties ?? {})
    .map(([key, field]) => `${key}: ${typeOf(field)}`)
    .join(', ')} }`;

const union = (branches: readonly TSchema[]): string => {
  const named = branches.filter((branch) => !isNull(branch)).map(typeOf);
  return [...new Set(named), ...(branches.some(isNull) ? ['null'] : [])].join(' | ');
};

/** In words for a reader, not in JSON Schema's. */
const typeOf = (schema: TSchema): string => {
  const { properties, anyOf, items, patternProperties } = schema as Json;
  if (personalMark(schema) !== undefined) return 'text';
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (anyOf !== undefined) return union(anyOf);
  if (Array.isArray(items)) return `[${items.map(typeOf).join(', ')}]`;
  if (items !== undefined) return `list of ${typeOf(items as TSchema)}`;
  if (patternProperties !== undefined) return `map of ${Object.values(patternProperties).map(typeOf).join(' | ')}`;
  if (properties !== undefined) return variant(schema);
  return schema.title ?? String(schema['type']);
};

const orNull = ({ anyOf }: Json): TSchema | undefined =>
  anyOf?.length === 2 && anyOf.some(isNull) ? anyOf.find((branch) => !isNull(branch)) : undefined;

const fieldsAt = (path: string, schema: TSchema, optional: boolean): readonly SchemaField[] => {
  const nullable = orNull(schema as Json);
  const inner = nullable ?? schema;
  const { properties, items } = inner as Json;
  const personal = personalMark(inner);
  const itemFields = items !== undefined && !Array.isArray(items) && (items as Json).properties !== undefined;
  if (itemFields) return schemaFields(items as TSchema, `${path}[].`);
  if (properties !== undefined && nullable === undefined) return schemaFields(schema, `${path}.`);
  return [{ path, type: typeOf(schema), optional, ...(personal === undefined ? {} : { personal }) }];
};

/** Every field below a schema of an object, in the order of the schema. */
export const schemaFields = (schema: TSchema, prefix = ''): readonly SchemaField[] => {
  const { properties = {}, required = [] } = schema as Json;
  return Object.entries(properties).flatMap(([key, field]) => fieldsAt(`${prefix}${key}`, field, !required.includes(key)));
};
