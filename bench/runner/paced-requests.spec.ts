import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pacedRequests, type PacedRequest } from './paced-requests';

const requests = ['/a', '/b'].map((path): PacedRequest => ({ method: 'POST', path, headers: {}, body: path }));

/** What came, in its order, where `refused` is answered with 503. */
const asked = async (amount: number, refused?: string) => {
  const came: string[] = [];
  const server = createServer((request, answer) => {
    came.push(request.url ?? '');
    request.resume();
    answer.writeHead(request.url === refused ? 503 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return { came, taken: await pacedRequests(url, requests, { perSecond: 1_000, amount, connections: 1 }) };
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
};

describe('requests at a pace', () => {
  it('are sent by turns, as many as asked, and each is timed', async () => {
    const { came, taken } = await asked(5);
    expect(came).toEqual(['/a', '/b', '/a', '/b', '/a']);
    expect(taken).toHaveLength(5);
    expect(taken.every((ms) => ms > 0)).toBe(true);
  });

  it('end where one is refused', async () => {
    await expect(asked(2, '/b')).rejects.toThrow('answered 503');
  });
});
