import SwaggerParser from '@apidevtools/swagger-parser';
import { ValidationPipe } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { handlers } from './handlers';
import { documentOffline } from './offline';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly 'x-savoirs-roles'?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: object }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { $ref: string }; readonly example: unknown }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;
  let operations: readonly (readonly [string, Operation])[];

  beforeAll(async () => {
    document = await documentOffline();
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => [`${method} ${path}`, operation] as const),
    );
  });

  const without = (has: (operation: Operation, name: string) => unknown): readonly string[] =>
    operations.filter(([name, operation]) => !has(operation, name)).map(([name]) => name);

  it('is valid OpenAPI 3.0.3', async () => {
    expect(document.openapi).toBe('3.0.3');
    const copy = JSON.parse(JSON.stringify(document)) as never;
    await expect(SwaggerParser.validate(copy)).resolves.toBeTruthy();
  });

  it('tells how to search, wherever a text is searched (case 44)', () => {
    const searched = operations.flatMap(([, { parameters = [] }]) => parameters.filter(({ name }) => name === 'text'));
    expect(searched).toHaveLength(2);
    for (const parameter of searched)
      expect(parameter).toMatchObject({ description: expect.stringContaining('`-word`'), schema: { minLength: 1, maxLength: 200 } });
  });

  it('says of every operation what it does, who may, and each part of its path', () => {
    expect(operations.length).toBeGreaterThan(80);
    expect(without(({ summary }) => summary)).toEqual([]);
    expect(without((operation) => operation['x-savoirs-roles']?.length)).toEqual([]);
    expect(
      without(({ parameters = [] }, name) => {
        const parts = [...name.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
        return parts.every((part) => parameters.some((one) => one.in === 'path' && one.name === part));
      }),
    ).toEqual([]);
  });

  it('has a schema with its real properties for every body', () => {
    const schemas = document.components!.schemas as Record<string, { properties?: object; additionalProperties?: unknown }>;
    const bodies = operations.flatMap(
      ([, { requestBody }]) => requestBody?.content['application/json']?.schema.$ref.split('/').at(-1) ?? [],
    );
    expect(bodies.length).toBeGreaterThan(40);
    for (const name of bodies) {
      expect({ name, fields: Object.keys(schemas[name]?.properties ?? {}).length > 0 }).toEqual({ name, fields: true });
      expect(schemas[name]!.additionalProperties).toBe(false);
    }
  });

  it('says the type of every field', () => {
    const typeless = Object.entries(
      document.components!.schemas as Record<string, { properties?: Record<string, { type?: string; allOf?: unknown }> }>,
    )
      .flatMap(([name, { properties = {} }]) => Object.entries(properties).map(([field, schema]) => [`${name}.${field}`, schema] as const))
      .filter(([, { type, allOf }]) => !type && !allOf);
    expect(typeless.map(([name]) => name)).toEqual([]);
  });

  it('gives each body an example that the API would take', async () => {
    const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });
    const wrong: string[] = [];
    for (const [name, { operationId, requestBody }] of operations) {
      const metatype = handlers().get(operationId)?.body;
      if (!metatype) continue;
      const example = JSON.parse(JSON.stringify(requestBody?.content['application/json']?.example ?? null)) as unknown;
      await pipe.transform(example, { type: 'body', metatype: metatype as never }).catch((fault: { getResponse(): unknown }) => {
        wrong.push(`${name}: ${JSON.stringify(fault.getResponse())}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('gives a schema of what comes back from every query and command, unless it sends one elsewhere', () => {
    const told = ({ responses }: Operation): unknown => {
      const content = responses['200']?.content ?? {};
      return (content['application/json'] ?? content['text/event-stream'])?.schema;
    };
    expect(without((operation, name) => name.endsWith('/metrics') || operation.responses['302'] || told(operation))).toEqual([]);
  });

  it('names the parameters of queries', () => {
    const [, search] = operations.find(([name]) => name === 'get /networks/{networkId}/directory')!;
    expect(search.parameters!.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['networkId', 'kind', 'text', 'limit', 'cursor', 'after', 'labels']),
    );
  });
});
