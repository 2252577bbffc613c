import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const document = JSON.parse(readFileSync(join(process.cwd(), 'docs/openapi.json'), 'utf8')) as Document;

/** What anybody may write anything into: the pattern of texts asks only for something that can be seen, and an address may begin with `=`. */
const isText = ({ type, format, pattern }: Schema): boolean =>
  type === 'string' && (format === 'email' || (pattern?.includes('Default_Ignorable_Code_Point') ?? false));

const resolved = (schema: Schema): Schema => {
  if (schema.$ref === undefined) return schema;
  const found = schema.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
  return resolved(found as Schema);
};

/** Texts of a schema, by where they stand: `offers/topic/text`, an item of a list without its number. */
const textsIn = (of: Schema, at: readonly string[] = []): readonly string[] => {
  const schema = resolved(of);
  const more = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [
    ...(isText(schema) ? [at.join('/')] : []),
    ...more.flatMap((one) => textsIn(one, at)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => textsIn(one, [...at, name])),
    ...(schema.items ? textsIn(schema.items, at) : []),
  ];
};

const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, { requestBody }]) => ({
    name: `${method.toUpperCase()} ${path.replace('/networks/{networkId}', '') || '/'}`,
    fields: Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => textsIn(schema)),
    pattern: new RegExp(`^${path.replace('/networks/{networkId}', '').replace(/\{\w+\}/g, '[^/]+')}$`),
    method: method.toUpperCase(),
    /** A path that is written out is meant before one with a parameter. */
    parameters: path.split('{').length,
  })),
);

/** `POST /incidents text`, of every text that the API takes. */
export const textFields = (): readonly string[] => [
  ...new Set(routes.flatMap(({ name, fields }) => fields.map((field) => `${name} ${field}`))),
];

/** `POST /offers/{offerId}/ask`, of an address below the network. */
export const routeOf = (method: string, path: string): string =>
  [...routes]
    .sort((one, other) => one.parameters - other.parameters)
    .find((route) => route.method === method && route.pattern.test(path === '' ? '' : `/${path}`))!.name;
