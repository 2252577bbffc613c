import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { AFTER } from '../queries/consistency-token';

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
export const ApiRefused = (status: number, description: string): MethodDecorator => ApiResponse({ status, description, content: PROBLEM });

const denied = [
  ApiRefused(400, 'Malformed: the field and the rule are named'),
  ApiRefused(401, 'Nobody signed in, and no valid bearer token'),
  ApiRefused(403, 'This role may not; or another site sent it, with the cookie of who signed in'),
  ApiRefused(404, 'No such network, or nothing here'),
  ApiRefused(429, 'Too many requests'),
];

/** A command: answered with 200 once it is done, and what the document says of it. */
export const ApiCommand = (summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiOperation({ summary }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key of the same person is the same command (R22)' }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag of an answer: only if nothing has changed since' }),
    ApiResponse({
      status: 200,
      description: 'Done, or done before under this key',
      headers: { ETag: { description: 'Revision of the stream', schema: { type: 'string' } } },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } },
    }),
    ...denied,
    ApiRefused(409, 'Refused by a rule, which is named'),
    ApiRefused(412, 'Changed meanwhile'),
    ApiRefused(422, 'Refused: what it says cannot be'),
    ApiRefused(503, 'The log did not answer: send it again under the same key'),
  );

/** A query, by whatever method it is asked: answered with 200, and what the document says of it. */
export const ApiRead = (summary: string): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ApiOperation({ summary }),
    ApiResponse({ status: 200, description: 'With the position and the time at which it stands' }),
    ...denied,
    ApiRefused(504, 'The read model has not reached `after` in five seconds'),
  );

/** A query that answers as a file for spreadsheets, too. */
export const ApiReadAsCsv = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiRead(summary),
    ApiHeader({ name: 'Accept', required: false, description: '`text/csv` is as `format=csv`' }),
    ApiResponse({
      status: 200,
      description: 'As JSON with the position and the time at which it stands; as CSV one file',
      content: { 'text/csv': { schema: { type: 'string' } } },
    }),
  );

/** A query that answers as a page to read and print, too. */
export const ApiReadAsPage = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiRead(summary),
    ApiHeader({ name: 'Accept', required: false, description: '`text/html`: the same, for a person to read and to print' }),
    ApiHeader({ name: 'Accept-Language', required: false, description: 'Language of the page' }),
    ApiResponse({
      status: 200,
      description: 'As JSON with the position and the time at which it stands; as HTML one page without scripts',
      content: { 'text/html': { schema: { type: 'string' } } },
    }),
  );

/** A query that answers as a file for spreadsheets and as a page to print, too. */
export const ApiReadAsCsvOrPage = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiRead(summary),
    ApiHeader({ name: 'Accept', required: false, description: '`text/csv`: its lines alone; `text/html`: a page to read and to print' }),
    ApiHeader({ name: 'Accept-Language', required: false, description: 'Language of the page' }),
    ApiResponse({
      status: 200,
      description: 'As JSON with the position and the time at which it stands; as CSV or HTML one file',
      content: { 'text/csv': { schema: { type: 'string' } }, 'text/html': { schema: { type: 'string' } } },
    }),
  );

const frame = (id: string | null, event: string, data: object): string =>
  `${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** What a feed begins with, made of one item. */
const streamed = (key: string, value: object): string => {
  const [position, later] = ['00000000000000000045.2eebc99e', '00000000000000000052.2eebc99e'];
  const items = [{ key, value }];
  return [
    frame(`${position}.7`, 'snapshot', { position, version: 1, build: 1, page: 1, complete: true, items }),
    frame(`${later}.7`, 'delta', { position: later, complete: true, changes: [{ key, value: null }] }),
    frame(`${later}.7`, 'heartbeat', { position: later }),
  ].join('');
};

/** A live feed's line in the document, with an item as it may be. */
export const ApiEventStream = (summary: string, key: string, value: object): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The id of the last event that was read: the feed goes on after it' }),
    ApiResponse({
      status: 200,
      description: 'A stream of server-sent events (text/event-stream): a snapshot, then what changes, until the token expires',
      content: { 'text/event-stream': { schema: { type: 'string' }, example: streamed(key, value) } },
    }),
    ...denied,
    ApiRefused(410, 'The id is of another log: ask without it'),
    ApiRefused(503, 'Too many feeds are open here, or the service stops'),
  );

/** For a query that nothing but `after` is asked of. */
export const ApiAfter = (): MethodDecorator =>
  ApiQuery({
    name: 'after',
    required: false,
    description: 'A position as a command answered it: the answer is from there or later',
    schema: { type: 'string', pattern: AFTER.pattern.source },
  });

/** Answers with an ETag: 304 to who has this answer already. */
export const ApiConditionalGet = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of an answer: nothing comes back if it still holds' }),
    ApiResponse({ status: 304, description: 'Nothing has changed' }),
  );

/** For what names topics in the reader's language. */
export const ApiLabels = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'labels',
      description:
        'Language of the topics’ labels and of hints; else what `Accept-Language` prefers, the first of the profile, the network’s',
    }),
    ApiHeader({ name: 'Accept-Language', required: false, description: 'Language of labels and hints where `labels` names none' }),
  );

/** For what may take longer than a request. */
export const ApiLongRunning = (): MethodDecorator =>
  ApiRefused(503, 'Not done within five seconds: it goes on; ask again after `Retry-After`. `details` says how far it is');
