import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { Settings } from '../../installation/settings';

/** The path without its query, which may hold words that a person sought. */
const pathOf = (url: string | undefined): string => (url ?? '').split('?', 1)[0] ?? '';

/** One JSON line a request: method, path, status, time. No header, no query, no body: personal data never reaches a log. */
export const logging = ({ production, env }: Settings): Params => ({
  pinoHttp: {
    level: env['LOG_LEVEL']?.trim() || (production ? 'info' : 'warn'),
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    serializers: {
      req: ({ id, method, url }: IncomingMessage & { id: string }) => ({ id, method, path: pathOf(url) }),
      res: ({ statusCode }: ServerResponse) => ({ status: statusCode }),
      err: ({ name, code }: Error & { code?: string }) => ({ name, ...(code === undefined ? {} : { code }) }),
    },
    redact: { paths: ['*.authorization', '*.cookie', '*.token', '*.password', '*.text', '*.email'], remove: true },
  },
});
