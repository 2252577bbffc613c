import { Agent, request, type IncomingMessage } from 'node:http';
import type { FuzzRequest } from './request';

/** What came back; `status` null where nothing did. */
export interface FuzzAnswer {
  readonly status: number | null;
  /** Of a problem. */
  readonly code: string | null;
  /** Why nothing came. */
  readonly fault: string | null;
}

const TIMEOUT_MS = 30_000;
/** Enough for a problem's code; of a feed, a beginning is read. */
const KEPT_BYTES = 4_000;

const codeIn = (type: string | undefined, text: string): string | null =>
  type?.startsWith('application/problem+json') ? (/"code":"([^"]+)"/.exec(text)?.[1] ?? null) : null;

/** Of a problem; the answer to a HEAD has no code, and tells by its head whether to ask again. */
const toldBy = (method: string, { headers }: IncomingMessage, text: string): string | null =>
  method === 'HEAD' && headers['retry-after'] !== undefined ? 'ask-again' : codeIn(headers['content-type'], text);

export class Sender {
  private readonly agent: Agent;

  constructor(
    private readonly url: URL,
    sockets: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  close(): void {
    this.agent.destroy();
  }

  /** The raw path goes as it is: nothing is put right on the way. */
  send({ method, path, headers, body, isFeed }: FuzzRequest, token: string | null): Promise<FuzzAnswer> {
    const { hostname, port } = this.url;
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const length = body === null ? {} : { 'content-length': String(body.length) };
    return new Promise((resolve) => {
      const lost = (fault: string): void => resolve({ status: null, code: null, fault });
      const sent = request({
        ...{ hostname, port, method, path, agent: this.agent, timeout: TIMEOUT_MS },
        headers: { ...headers, ...authorization, ...length },
      });
      sent.on('timeout', () => {
        lost('no answer in time');
        sent.destroy();
      });
      sent.on('error', (fault: NodeJS.ErrnoException) => lost(fault.code ?? fault.message));
      sent.on('response', (response) => {
        const { statusCode = 0 } = response;
        let text = '';
        const done = (): void => resolve({ status: statusCode, code: toldBy(method, response, text), fault: null });
        response.on('data', (chunk: Buffer) => {
          if (text.length < KEPT_BYTES) text += chunk.toString('latin1');
          if (isFeed && statusCode === 200) {
            done();
            sent.destroy();
          }
        });
        response.on('end', done);
        response.on('error', () => lost('cut while it answered'));
      });
      sent.end(body ?? undefined);
    });
  }
}
