import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly pattern?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content?: { readonly 'application/json'?: { readonly schema: Schema } } };
}

export interface WorstRequest {
  /** As the document names it. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const ANY_ID = '00000000-0000-4000-8000-000000000001';
const END_OF_TIME = '9999-12-31T23:59:59Z';
/** A list as long as the schema allows, within what a body may weigh. */
const ITEMS = 20;

const named = ({ $ref, allOf }: Schema, document: OpenAPIObject): Schema | undefined => {
  const ref = $ref ?? allOf?.[0]?.$ref;
  return ref === undefined ? undefined : (document.components?.schemas?.[ref.split('/').at(-1)!] as Schema | undefined);
};

const texts = ({ format, maxLength = 200, description = '', pattern }: Schema): string | undefined => {
  if (format === 'uuid') return ANY_ID;
  if (format === 'date-time' || description.includes('an instant with a time zone')) return END_OF_TIME;
  if (format === 'date') return '9999-12-31';
  if (format === 'email') return 'ana@example.org';
  if (pattern !== undefined && !new RegExp(pattern, 'u').test('a'.repeat(maxLength))) return undefined;
  return 'a'.repeat(maxLength);
};

/** The largest, longest and latest value that a schema takes; undefined where only a made value would do. */
const worst = (schema: Schema, document: OpenAPIObject): unknown => {
  const found = named(schema, document);
  if (found) return worst(found, document);
  if (schema.enum) return schema.enum.at(-1);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.maximum ?? 1_000_000;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.uniqueItems ? 1 : Math.min(schema.maxItems ?? ITEMS, ITEMS) }, () =>
        worst(schema.items ?? {}, document),
      );
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, worst(each, document)]));
    default:
      return texts(schema);
  }
};

const queryOf = ({ parameters = [] }: Operation, document: OpenAPIObject): string => {
  const asked = new URLSearchParams();
  for (const { name, in: where, schema } of parameters) {
    // From the first day there is; a position that the log has not reached only waits.
    const value = name === 'from' ? '0001-01-01' : worst(schema, document);
    if (where === 'query' && name !== 'after' && name !== 'cursor' && value !== undefined) asked.set(name, String(value));
  }
  return asked.size > 0 ? `?${asked.toString()}` : '';
};

/** Every route of the document once, asked for as much as it takes. */
export const worstRequests = (document: OpenAPIObject, ids: Readonly<Record<string, string>>): readonly WorstRequest[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]): WorstRequest => {
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      const body = schema && worst(schema, document);
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? ANY_ID);
      return {
        route: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: `${filled}${queryOf(operation, document)}`,
        ...(body === undefined ? {} : { body }),
      };
    }),
  );
