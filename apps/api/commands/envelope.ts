import { createHash, randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CommandId } from '#kernel/id';
import type { Envelope } from '#application/dispatch/envelope';
import { idFrom } from '#application/dispatch/derived-ids';
import type { WithCaller } from '../../installation/access';
import { fieldRule } from '../problems/field-rules';
import { malformed, problem } from '../problems/problem';

const KEY = /^[\x21-\x7e]{1,255}$/;
const REVISION = /^"(\d{1,15})(?:\.[\w-]{1,64})?"$/;

type Asked = Pick<FastifyRequest, 'headers' | 'method' | 'url' | 'body'>;

/** Without a key each request is a command of its own. */
const identified = (by: string, { headers, method, url, body }: Asked): Pick<Envelope, 'commandId' | 'isFirst' | 'bodyDigest'> => {
  const given = headers['idempotency-key'];
  const key = Array.isArray(given) ? given[0] : given;
  if (key === undefined) return { commandId: randomUUID() as CommandId, isFirst: true };
  if (!KEY.test(key)) throw malformed({ field: 'Idempotency-Key', message: fieldRule('1 to 255 visible ASCII characters') });
  const asker = `${by} ${method} ${url.split('?', 1)[0]}`;
  return { commandId: idFrom<CommandId>(asker, `idempotency-key ${key}`), bodyDigest: digestOf(body) };
};

const expectedOf = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const revision = REVISION.exec(ifMatch)?.[1];
  if (!revision)
    throw problem(412, 'changed-meanwhile', {
      en: 'If-Match takes the ETag of an answer, in quotes',
      fr: 'If-Match prend l’ETag d’une réponse, entre guillemets',
    });
  return Number(revision);
};

/** As it came, before anything in it is judged: whoever sends a request again sends the same one. */
const digestOf = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex');

/** By which way somebody asks, as the document names it: without what is in it. */
export interface AskedEnvelope extends Envelope {
  readonly route: string;
}

const documented = new Map<string, string>();

const routeOf = ({ method, routeOptions: { url = '' } }: FastifyRequest): string => {
  const path = documented.get(url) ?? url.replace(/:(\w+)/g, '{$1}');
  documented.set(url, path);
  return `${method} ${path}`;
};

/** R22: the same Idempotency-Key of the same person on the same route is the same command, however often it comes; with another body it is refused. `If-Match`: only if nothing has changed since. */
export const EnvelopeOf = createParamDecorator((_: unknown, context: ExecutionContext): AskedEnvelope => {
  const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
  const { caller } = request;
  if (!caller) throw new Error('a command needs a caller');
  const { networkId, actor: by } = caller;
  const expectedRevision = expectedOf(request.headers['if-match']);
  const envelope = { networkId, by, route: routeOf(request), ...identified(by.id, request) };
  return expectedRevision === undefined ? envelope : { ...envelope, expectedRevision };
});
