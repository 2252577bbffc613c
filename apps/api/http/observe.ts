import type { RawServerDefault } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../../telemetry/metrics';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The route as it is written in the document: what a client put into an address reaches neither log nor metric. */
const routeOf = (request: FastifyRequest): string => (request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'));

/** R15: which exchange somebody has just evaluated, or followed up, stands in no line. */
const ANSWERING = /\/:exchangeId\/(evaluation|follow-up)$/;

const idsOf = (params: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries((params ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && UUID.test(entry[1]),
    ),
  );

const levelOf = (status: number): 'info' | 'warn' | 'error' => {
  if (status < 500) return 'info';
  return status === 503 || status === 504 ? 'warn' : 'error';
};

interface Answered {
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

const lineOf = ({ id, method, params }: FastifyRequest, { route, status, ms }: Answered): object => ({
  reqId: id,
  method,
  route,
  ids: ANSWERING.test(route) ? {} : idsOf(params),
  status,
  ms: Math.round(ms * 10) / 10,
});

/** One line and one observation a request, whoever answered it: no header, no query, no body, no address of a person. */
export const observe = (server: FastifyInstance<RawServerDefault>, logger: Logger, metrics: Metrics): void => {
  server.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const [route, status, ms] = [routeOf(request), reply.statusCode, reply.elapsedTime];
    // how long a feed was open is no time to answer
    if (!String(reply.getHeader('content-type')).startsWith('text/event-stream'))
      metrics.requests.observe({ method: request.method, route, status: String(status) }, ms / 1000);
    const level = levelOf(status);
    if (logger.isLevelEnabled(level)) logger[level](lineOf(request, { route, status, ms }), 'request');
    done();
  });
};
