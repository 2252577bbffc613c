import { request } from 'node:http';
import { connect } from 'node:net';
import { startApi } from '../harness/api-under-test';

const EMAIL = 'zoe.durand@example.org';

describe('what the API refuses, over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  const logged: string[] = [];
  const logTo = { write: (line: string) => void logged.push(line) };

  beforeAll(async () => {
    world = await startApi({ LOG_LEVEL: 'trace' }, { logTo });
  });
  afterAll(async () => await world?.close());

  it('answers a problem to bytes that are no HTTP', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      let got = '';
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => socket.write(`${EMAIL} / nonsense\r\n\r\n`));
      socket
        .on('data', (chunk) => (got += String(chunk)))
        .on('close', () => resolve(got))
        .on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"malformed"/);
    expect([answer, ...logged].filter((text) => text.includes(EMAIL))).toEqual([]);
  });

  it.each([
    ['HEAD', ''],
    ['GET', 'too-large'],
  ])('answers a %s that is too long to be read by the rules of that method', async (method, code) => {
    const answer = await new Promise<string>((resolve) => {
      let got = '';
      const head = `${method} /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => socket.write(head));
      socket.on('data', (chunk) => (got += String(chunk))).on('end', () => socket.end(() => resolve(got)));
    });
    const [top, body] = answer.split('\r\n\r\n');
    expect(top).toMatch(/^HTTP\/1\.1 431 /);
    expect(body === '' ? '' : (JSON.parse(body!) as { code: string }).code).toBe(code);
  });

  it('refuses what Node itself would refuse without a word why', async () => {
    const headers = { expect: 'tea', 'accept-language': 'fr' };
    const answer = await new Promise<{ status: number | undefined; type: string | undefined; body: string }>((resolve, reject) => {
      const sent = request(`${world.url}/health/live`, { headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], body }));
      });
      sent.on('error', reject).end();
    });
    expect(answer).toMatchObject({ status: 417, type: 'application/problem+json' });
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'expectation-failed', title: 'Envoyez-la sans Expect' });
  });

  it('ends a request that drips, and its connection with it (case 32)', async () => {
    const url = new URL(await world.also({}, { logTo, requestMs: 500 }));
    const head = `POST /networks/${world.networkId}/members HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{`;
    const answer = await new Promise<string>((resolve) => {
      let got = '';
      const socket = connect({ port: Number(url.port), host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(head));
      const drip = setInterval(() => socket.write(' '), 100);
      socket
        .on('data', (chunk) => (got += String(chunk)))
        .on('error', () => undefined)
        .on('close', () => {
          clearInterval(drip);
          resolve(got);
        });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*"code":"too-slow"/);
  });
});
