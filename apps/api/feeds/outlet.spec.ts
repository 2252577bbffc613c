import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Outlet } from './outlet';

describe('the outlet of a feed', () => {
  let server: Server;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A client that has asked, and reads nothing yet; the answer is this test's to write. */
  const asked = async (drainMs: number): Promise<{ out: Outlet; response: ServerResponse; socket: Socket }> => {
    const requested = once(server, 'request') as Promise<[unknown, ServerResponse]>;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
    const [, response] = await requested;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    return { out: new Outlet(response, drainMs), response, socket };
  };
  const frame = Buffer.alloc(64 * 1024, 'x');

  it('cuts a client that takes nothing, holding no more than one frame for it', async () => {
    const { out, response } = await asked(50);
    let most = 0;
    while (out.isOpen) {
      await out.send(frame);
      most = Math.max(most, response.writableLength);
    }
    expect(out.ended).toBe('slow');
    expect(most).toBeLessThanOrEqual(frame.length + response.writableHighWaterMark + 64);
    expect(response.destroyed || response.socket === null || response.socket.destroyed).toBe(true);
  });

  it('waits for a client that reads now and then', async () => {
    const { out, socket } = await asked(60_000);
    let read = 0;
    socket.on('data', (chunk) => void (read += chunk.length));
    socket.pause();
    let isSlow = true;
    const reading = setInterval(() => {
      socket.resume();
      setImmediate(() => isSlow && socket.pause());
    }, 1);
    for (let sent = 0; sent < 200; sent += 1) await out.send(frame);
    isSlow = false;
    clearInterval(reading);
    socket.resume();
    out.end('stopping');
    while (read < 200 * frame.length) await once(socket, 'data');
    expect(out.ended).toBe('stopping');
  });

  it('says why it ends, and knows that a client went', async () => {
    const { out, socket } = await asked(1_000);
    let text = '';
    socket.on('data', (chunk) => void (text += String(chunk)));
    socket.resume();
    out.end('token-expired');
    while (!text.includes('event: end\ndata: {"reason":"token-expired"}\n\n')) await once(socket, 'data');
    await out.send('after the end: goes nowhere');
    const gone = await asked(1_000);
    gone.socket.destroy();
    await once(gone.response, 'close');
    expect([gone.out.isOpen, gone.out.ended]).toEqual([false, 'client']);
  });

  it('cuts at once, when it must end, who is not reading', async () => {
    const { out } = await asked(60_000);
    const sending = (async () => {
      while (out.isOpen) await out.send(frame);
    })();
    await new Promise((resolve) => setTimeout(resolve, 30));
    out.end('stopping');
    await sending;
    expect(out.ended).toBe('slow');
  });
});
