import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const inObject = (value: object, schema: Schema, at: string, document: OpenAPIObject): readonly string[] => {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const of = properties[name] ?? additionalProperties;
    if (typeof of === 'boolean') return of ? [] : [`${at}/${name} is in no schema`];
    return against(one, of, `${at}/${name}`, document);
  });
  return [...missing, ...wrong];
};

/** Where an answer departs from its schema: unknown fields, missing ones, wrong types. */
const against = (value: unknown, schema: Schema, at: string, document: OpenAPIObject): readonly string[] => {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return against(value, document.components!.schemas![name] as Schema, at, document);
  if (schema.oneOf) {
    const tried = schema.oneOf.map((one) => against(value, one, at, document));
    return tried.some((wrong) => wrong.length === 0) ? [] : tried.flat();
  }
  if (value === null) return schema.nullable ? [] : [`${at} is null`];
  const type = typeOf(value);
  if (schema.type && schema.type !== type && !(schema.type === 'number' && type === 'integer'))
    return [`${at} is ${type}, not ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join(', ')}`];
  if (type === 'array') return (value as unknown[]).flatMap((one, index) => against(one, schema.items ?? {}, `${at}/${index}`, document));
  return type === 'object' ? inObject(value as object, schema, at, document) : [];
};

/** @param path as asked, `/networks/…/directory?limit=5` */
export const departures = (
  document: OpenAPIObject,
  { method, path, body }: { method: string; path: string; body: unknown },
): readonly string[] => {
  const [asked] = path.split('?');
  const matches = Object.entries(document.paths)
    .filter(([template]) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked!))
    .sort(([one], [other]) => one.split('{').length - other.split('{').length);
  const operation = (matches[0]?.[1] as Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>)?.[
    method
  ];
  const schema = operation?.responses['200']?.content?.['application/json']?.schema;
  return schema ? against(body, schema, '', document) : [`${method} ${asked} has no schema`];
};
