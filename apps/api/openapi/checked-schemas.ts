import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { OpenAPIObject } from '@nestjs/swagger';
import { transformerMetadata } from './transformer-metadata';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type Schema = Extract<Schemas[string], { type?: unknown }>;
/** A class; what it is made with is nobody's business here. */
export type Shape = (abstract new (...given: never) => object) & { readonly name: string };

type Converters = NonNullable<NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']>;

const PLACE = 'an instant with a time zone, or a position as a command answered it';

/** Our own rules; and those of which the library says another type than the rules beside them. */
const RULES: Converters = {
  isInstant: { type: 'string', format: 'date-time' },
  isDay: { type: 'string', format: 'date' },
  isNotBefore: ({ constraints }) => ({ description: `not before ${String(constraints[0])}` }),
  isAsOfMoment: { type: 'string', description: PLACE },
  isTimeZone: { type: 'string', description: 'IANA name of a time zone' },
  isHeadcount: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
  isObject: {},
  min: ({ constraints }) => ({ minimum: constraints[0] as number }),
  max: ({ constraints }) => ({ maximum: constraints[0] as number }),
  // a regular expression says itself; where its message says more than it, that too
  matches: ({ constraints, message }) => ({
    type: 'string',
    pattern: (constraints[0] as RegExp).source,
    ...(typeof message === 'string' ? { description: message.replace(/^\$property |^\w+ (?=must)/, '') } : {}),
  }),
};
const OPTIONS = {
  additionalConverters: RULES,
  classTransformerMetadataStorage: transformerMetadata as never,
  refPointerPrefix: '#/components/schemas/',
};

const nestedIn = (shape: Shape): readonly Shape[] =>
  getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', true, false)
    .filter(({ type }) => type === 'nestedValidation')
    .flatMap(({ propertyName }) => transformerMetadata.findTypeMetadata(shape, propertyName)?.typeFunction() ?? []);

/** The schema of a class, and of all that it holds, from the very rules that check it: unknown fields are refused. */
export const checkedSchemas = (shape: Shape, known: Record<string, Schema> = {}): Readonly<Record<string, Schema>> => {
  if (known[shape.name]) return known;
  const { properties: found = {}, required = [] } = targetConstructorToSchema(shape, OPTIONS) as Schema;
  const properties = Object.fromEntries(
    Object.entries(found).map(([name, schema]) => {
      const named = '$ref' in schema ? { allOf: [schema] } : schema;
      return [name, required.includes(name) ? named : { ...named, nullable: true }];
    }),
  );
  known[shape.name] = { type: 'object', properties, additionalProperties: false, ...(required.length > 0 ? { required } : {}) };
  for (const nested of nestedIn(shape)) checkedSchemas(nested, known);
  return known;
};
