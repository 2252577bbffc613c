import { once } from 'node:events';
import { connect, constants, createServer, type ClientHttp2Session, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

const WINDOW = 1024 * 1024;
const FRAME_HEAD = 5;

/**
 * Stands before the double and answers in gzip wherever the client accepts it, message by message, as KurrentDB does since 25.1: a server
 * of grpc-js cannot. Speaks HTTP/2 without TLS, knows no service, and passes on what it is not asked to compress.
 * @example const hop = await CompressingHop.before(double.url); … EventStoreDbLog.open(hop.url) … await hop.stop();
 */
export class CompressingHop {
  /** Messages sent in gzip, and calls whose answers were passed on as they came. */
  compressed = 0;
  plainCalls = 0;
  private readonly server: Http2Server;
  private readonly sessions = new Set<{ close(): void; destroy(): void }>();

  private constructor(private readonly target: string) {
    this.server = createServer({ settings: { initialWindowSize: WINDOW } });
    this.server.on('session', (down) => {
      const up = connect(this.target, { settings: { initialWindowSize: WINDOW } });
      up.on('connect', () => up.setLocalWindowSize(16 * WINDOW));
      up.on('error', () => undefined);
      up.on('close', () => down.close());
      down.on('error', () => undefined);
      down.on('close', () => up.close());
      down.on('stream', (call: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.pass(call, headers, up));
      for (const session of [up, down]) {
        this.sessions.add(session);
        session.on('close', () => this.sessions.delete(session));
      }
    });
  }

  /** @param url the double's */
  static async before(url: string): Promise<CompressingHop> {
    const hop = new CompressingHop(`http://${/\/\/([^/?,]+)/.exec(url)?.[1] ?? ''}`);
    hop.server.listen(0, '127.0.0.1');
    await once(hop.server, 'listening');
    return hop;
  }

  get url(): string {
    return `esdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => void this.server.close(resolve));
    for (const session of this.sessions) session.destroy();
    await closed;
  }

  private pass(down: ServerHttp2Stream, asked: IncomingHttpHeaders, to: ClientHttp2Session): void {
    const up = to.request(asked, { endStream: false });
    let trailers: IncomingHttpHeaders = {};
    up.on('trailers', (given) => (trailers = given));
    down.on('wantTrailers', () => down.sendTrailers(trailers));
    up.on('error', () => down.close(constants.NGHTTP2_INTERNAL_ERROR));
    down.on('error', () => undefined);
    down.on('aborted', () => up.close(constants.NGHTTP2_CANCEL));
    up.on('response', (answered, flags) => {
      if (down.destroyed) return;
      if ((flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) return void down.respond(answered, { endStream: true });
      const gzip = String(asked['grpc-accept-encoding']).split(',').includes('gzip');
      if (!gzip) this.plainCalls += 1;
      down.respond(gzip ? { ...answered, 'grpc-encoding': 'gzip' } : answered, { waitForTrailers: true });
      together(up, down, gzip ? compressing(() => (this.compressed += 1)) : (sent) => sent);
    });
    down.pipe(up);
  }
}

/** All that has come goes on at once, where the reader has room: message by message in frames of their own would take most of the time. */
const together = (up: Readable, down: ServerHttp2Stream, as: (sent: Buffer) => Buffer): void => {
  const go = (): void => {
    while (!down.destroyed && !down.writableNeedDrain) {
      const sent = up.read() as Buffer | null;
      if (sent === null) return;
      down.write(as(sent));
    }
  };
  up.on('readable', go);
  down.on('drain', go);
  up.on('end', () => down.end());
};

/** Of each message in the stream: one byte whether it is compressed, four of its length, then itself. */
const compressing = (onMessage: () => void): ((sent: Buffer) => Buffer) => {
  let held: Buffer = Buffer.alloc(0);
  return (sent) => {
    held = held.length === 0 ? sent : Buffer.concat([held, sent]);
    const made: Buffer[] = [];
    let at = 0;
    while (held.length - at >= FRAME_HEAD) {
      const end = at + FRAME_HEAD + held.readUInt32BE(at + 1);
      if (held.length < end) break;
      const message = gzipSync(held.subarray(at + FRAME_HEAD, end), { level: 1 });
      const head = Buffer.alloc(FRAME_HEAD, 1);
      head.writeUInt32BE(message.length, 1);
      made.push(head, message);
      onMessage();
      at = end;
    }
    held = held.subarray(at);
    return Buffer.concat(made);
  };
};
