import type { PersonRole } from '#apps/installation/access';

/** As much of a JSON schema as the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

/** A method of a path, and who may use it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly (PersonRole | 'public')[];
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
}

interface RouteSchema {
  readonly 'x-savoirs-roles'?: Operation['roles'];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

/** The document of a running API, as far as requests are made from it. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RouteSchema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const operationsOf = ({ paths }: Document): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      ...{ method: method.toUpperCase(), path, parameters: told.parameters ?? [] },
      roles: told['x-savoirs-roles'] ?? ['public'],
      body: told.requestBody?.content['application/json'].schema ?? null,
    })),
  );

/** A schema without references and single unions around it. */
export const resolved = (schema: Schema, { components }: Document): Schema => {
  const { $ref, allOf, ...rest } = schema;
  if ($ref !== undefined) return resolved({ ...components.schemas[$ref.split('/').at(-1)!], ...rest }, { components, paths: {} });
  if (allOf === undefined) return schema;
  return allOf.reduce<Schema>((all, one) => ({ ...all, ...resolved(one, { components, paths: {} }) }), rest);
};
