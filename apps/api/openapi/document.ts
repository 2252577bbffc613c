import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { documentedRefusals } from '../edge/refusals';
import { transformerMetadata } from './transformer-metadata';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const text = { type: 'string' } as const;

const PROBLEM: Schemas[string] = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `rule` names the rule of the domain; `errors` names fields.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: { ...text, description: 'Id of the request, as in the log' },
    code: {
      ...text,
      enum: documentedRefusals()
        .map(({ code }) => code)
        .concat('malformed', 'unauthenticated', 'forbidden', 'fault', 'unknown-outcome', 'not-there-yet', 'too-many-requests')
        .sort(),
    },
    rule: { ...text, example: 'R12' },
    errors: { type: 'array', items: { type: 'object', properties: { field: text, message: text } } },
    details: { type: 'object' },
  },
  example: {
    type: 'urn:savoirs:problem:no-session-yet',
    title: 'No session has been reported yet',
    status: 409,
    code: 'no-session-yet',
    rule: 'R12',
  },
};

const ANSWER: Schemas[string] = {
  type: 'object',
  required: ['position', 'revision', 'repeated'],
  properties: {
    position: { ...text, description: 'Give it as `?after=` to a query', example: '00000000000000000042' },
    revision: { type: 'integer', example: 3 },
    repeated: { type: 'boolean', description: 'Done before, under the same Idempotency-Key' },
  },
  additionalProperties: { type: 'string', description: 'Ids of what the command made' },
};

/** The schemas of all DTOs come from the very rules that check them. */
const checkedSchemas = (): Schemas =>
  validationMetadatasToSchemas({
    classTransformerMetadataStorage: transformerMetadata,
    refPointerPrefix: '#/components/schemas/',
  }) as Schemas;

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

/** OpenAPI 3.0.3. */
export const openApiDocument = (api: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Savoirs')
    .setDescription('Reciprocal knowledge-exchange networks: commands, queries and live state. Errors are problem+json and name the rule.')
    .setVersion('0.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(api, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
  const used = Object.keys(document.components?.schemas ?? {});
  const checked = checkedSchemas();
  const schemas = {
    ...Object.fromEntries(used.map((name) => [name, checked[name] ?? document.components!.schemas![name]!])),
    ...checked,
    Problem: PROBLEM,
    CommandAnswer: ANSWER,
  };
  return { ...document, paths: sorted(document.paths), components: { ...document.components, schemas: sorted(schemas) } };
};

/** `/docs` in the browser, from local files; the document itself at `/docs-json`. */
export const serveDocument = (api: NestFastifyApplication): void =>
  SwaggerModule.setup('docs', api, () => openApiDocument(api), { customSiteTitle: 'Savoirs API' });
