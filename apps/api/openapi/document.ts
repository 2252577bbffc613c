import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { audit } from './answers/audit';
import { cases } from './answers/cases';
import { directory } from './answers/directory';
import { exchanges } from './answers/exchanges';
import { explanations } from './answers/explanations';
import { figures } from './answers/figures';
import { health } from './answers/health';
import { matches } from './answers/matches';
import { members } from './answers/members';
import { network } from './answers/network';
import { operations } from './answers/operations';
import { retention } from './answers/retention';
import { ownData } from './answers/own-data';
import { rounds } from './answers/rounds';
import { signIn } from './answers/sign-in';
import { checkedSchemas, type Schema, type Schemas, type Shape } from './checked-schemas';
import { exampleOf } from './examples';
import { handlers, operationIdOf, type Taken } from './handlers';
import { COMMAND_ANSWER, PROBLEM } from './problem-schema';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = Extract<NonNullable<Operation['parameters']>[number], { in: string }>;

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

const inPath = (path: string): readonly Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    // a read model goes by its name, everything else by its id
    schema: name === 'name' ? { type: 'string' } : { type: 'string', format: 'uuid' },
  }));

const COOKIE = 'Of who signed in at the web site; without https, as on a machine for trying, its name is `savoirs`';

const AFTER = 'A position as a command answered it: the answer is from there or later';

const inQuery = (query: Shape | undefined): readonly Parameter[] => {
  const { properties = {}, required = [] } = query ? checkedSchemas(query)[query.name]! : {};
  return Object.entries(properties).map(([name, schema]) => {
    const { nullable: _, ...plain } = schema as Schema;
    const description = name === 'after' ? { description: AFTER } : {};
    return { name, in: 'query', required: required.includes(name), schema: plain, ...description };
  });
};

const answers: Readonly<Record<string, Schema>> = {
  ...audit,
  ...cases,
  ...directory,
  ...exchanges,
  ...explanations,
  ...figures,
  ...health,
  ...matches,
  ...members,
  ...network,
  ...operations,
  ...retention,
  ...ownData,
  ...rounds,
  ...signIn,
};

/** Besides JSON: what the decorators say. */
const contentOf = (response: object | undefined): object => (response && 'content' in response ? (response.content as object) : {});

const withAnswer = ({ operationId = '', responses }: Operation): Operation['responses'] => {
  const schema = answers[operationId];
  if (!schema) return responses;
  return {
    ...responses,
    '200': {
      ...responses['200'],
      description: '',
      ...responses['200'],
      content: { ...contentOf(responses['200']), 'application/json': { schema } },
    },
  };
};

const bodyOf = (body: Shape | undefined, schemas: Schemas): Pick<Operation, 'requestBody'> => {
  if (!body) return {};
  const schema = { $ref: `#/components/schemas/${body.name}` };
  const example = exampleOf(schemas[body.name] as Schema, schemas);
  return { requestBody: { required: true, content: { 'application/json': { schema, example } } } };
};

/** The schema comes from the rules that check; what it means may be told beside the route. */
const saysMoreOf =
  ({ name }: Parameter) =>
  (one: Parameter): boolean =>
    one.in === 'query' && one.name === name && one.description !== undefined;

/** What the decorators say of an operation, and what the checked classes and the written answers add. */
const completed = (path: string, operation: Operation, taken: Taken, schemas: Schemas): Operation => {
  const { requestBody: _, parameters = [], ...rest } = operation;
  const told = parameters.filter((one) => 'in' in one);
  const query = inQuery(taken.query).map((one) => ({ ...told.find(saysMoreOf(one)), ...one }));
  const others = told.filter((one) => one.in !== 'path' && !query.some((other) => other.name === one.name));
  return {
    ...rest,
    parameters: [...inPath(path), ...query, ...others],
    ...bodyOf(taken.body, schemas),
    responses: withAnswer(operation),
  };
};

/** Of bodies alone: queries are told parameter by parameter. */
const bodySchemas = (taken: ReadonlyMap<string, Taken>): Schemas => {
  const known: Record<string, Schema> = {};
  for (const { body } of taken.values()) if (body) checkedSchemas(body, known);
  return known;
};

/** OpenAPI 3.0.3. */
export const openApiDocument = (api: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Savoirs')
    .setDescription(
      'Reciprocal knowledge-exchange networks: commands, queries and live state. Errors are problem+json and name the [rule](/docs/rules).',
    )
    .setVersion('0.1.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addCookieAuth('__Host-savoirs', { type: 'apiKey', in: 'cookie', description: COOKIE })
    .build();
  const document = SwaggerModule.createDocument(api, config, { operationIdFactory: operationIdOf });
  const taken = handlers();
  const schemas = bodySchemas(taken);
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const operations = Object.entries(item as Record<string, Operation>).map(([method, operation]) => {
      return [method, completed(path, operation, taken.get(operation.operationId ?? '') ?? {}, schemas)] as const;
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return {
    ...document,
    paths: sorted(Object.fromEntries(paths)),
    components: { ...document.components, schemas: sorted({ ...schemas, Problem: PROBLEM, CommandAnswer: COMMAND_ANSWER }) },
  };
};

/** `/docs` in the browser, from local files; the document itself at `/docs-json`. */
export const serveDocument = (api: NestFastifyApplication): void =>
  SwaggerModule.setup('docs', api, () => openApiDocument(api), { customSiteTitle: 'Savoirs API', swaggerOptions: { validatorUrl: null } });
