import { getMetadataStorage } from 'class-validator';
import type { OpenAPIObject } from '@nestjs/swagger';
import { transformerMetadata } from './transformer-metadata';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type Schema = Extract<Schemas[string], { type?: unknown }>;
/** A class; what it is made with is nobody's business here. */
export type Shape = (abstract new (...given: never) => object) & { readonly name: string };

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Constraints = readonly never[];

const PLACE = 'an instant with a time zone, or a position as a command answered it';

const limit = (name: keyof Schema) => (constraints: Constraints) => ({ [name]: constraints[0] });

/** A regular expression says itself; where its message says more than it, that too. */
const pattern = (constraints: readonly { readonly source: string }[], { message }: Rule): Partial<Schema> => {
  const description = typeof message === 'string' ? { description: message.replace(/^\$property |^\w+ (?=must)/, '') } : {};
  return { type: 'string', pattern: constraints[0]!.source, ...description };
};

/** What each rule of class-validator says in OpenAPI; a field that none says the type of fails a test. */
const RULES: Readonly<Record<string, (constraints: never, rule: Rule) => Partial<Schema>>> = {
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({}),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isInstant: () => ({ type: 'string', format: 'date-time' }),
  isDay: () => ({ type: 'string', format: 'date' }),
  isNotBefore: ([field]: readonly string[]) => ({ description: `not before ${field}` }),
  isPlace: () => ({ type: 'string', description: PLACE }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isIn: (constraints: readonly [readonly string[]]) => ({ type: 'string', enum: [...constraints[0]] }),
  isLength: ([minLength, maxLength]: readonly number[]) => ({ minLength: minLength ?? 0, ...(maxLength ? { maxLength } : {}) }),
  min: limit('minimum'),
  max: limit('maximum'),
  minLength: limit('minLength'),
  maxLength: limit('maxLength'),
  arrayMinSize: limit('minItems'),
  arrayMaxSize: limit('maxItems'),
  arrayUnique: () => ({ uniqueItems: true }),
  matches: pattern,
  isTimeZone: () => ({ type: 'string', description: 'IANA name of a time zone' }),
  isHeadcount: () => ({ type: 'object', additionalProperties: { type: 'integer', minimum: 0 } }),
};

const said = (rules: readonly Rule[]): Partial<Schema> =>
  Object.assign(
    {},
    ...rules
      .filter(({ type }) => type === 'customValidation')
      .map((rule) => RULES[rule.name ?? '']?.((rule.constraints ?? []) as never, rule)),
  ) as Partial<Schema>;

const isOptional = (rules: readonly Rule[]): boolean => rules.some(({ type }) => type === 'conditionalValidation');
const refTo = (shape: Shape) => ({ $ref: `#/components/schemas/${shape.name}` });

const propertyOf = (rules: readonly Rule[], nested: Shape | undefined): Schema => {
  const own = said(rules.filter(({ each }) => !each));
  const nullable = isOptional(rules) ? { nullable: true } : {};
  if (own.type === 'array') return { ...own, items: nested ? refTo(nested) : said(rules.filter(({ each }) => each)), ...nullable };
  return nested ? { allOf: [refTo(nested)], ...nullable } : { ...own, ...nullable };
};

const nestedIn = (shape: Shape, property: string, rules: readonly Rule[]): Shape | undefined =>
  rules.some(({ type }) => type === 'nestedValidation') ? transformerMetadata.findTypeMetadata(shape, property).typeFunction() : undefined;

/** The rules of one class, inherited ones too, by property. */
const rulesOf = (shape: Shape): ReadonlyMap<string, readonly Rule[]> => {
  const rules = new Map<string, Rule[]>();
  // class-validator lists the last decorator first, and what is inherited last
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(shape, '', true, false))
    rules.set(rule.propertyName, [...(rules.get(rule.propertyName) ?? []), rule]);
  return rules;
};

/** The schema of a class, and of all that it holds, from the very rules that check it: unknown fields are refused. */
export const checkedSchemas = (shape: Shape, known: Record<string, Schema> = {}): Readonly<Record<string, Schema>> => {
  if (known[shape.name]) return known;
  const rules = rulesOf(shape);
  const properties: Record<string, Schema> = {};
  known[shape.name] = { type: 'object', properties, additionalProperties: false };
  const required = [...rules].filter(([, each]) => !isOptional(each)).map(([name]) => name);
  if (required.length > 0) known[shape.name]!.required = required;
  for (const [name, each] of rules) {
    const nested = nestedIn(shape, name, each);
    properties[name] = propertyOf(each, nested);
    if (nested) checkedSchemas(nested, known);
  }
  return known;
};
