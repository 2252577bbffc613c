import fastify from 'fastify';
import { readJsonAlone } from './body';

const answerTo = async (payload: string): Promise<number> => {
  const server = fastify();
  readJsonAlone(server);
  server.setErrorHandler((_, __, reply) => reply.status(400).send());
  server.post('/', (_, reply) => reply.send());
  const { statusCode } = await server.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload });
  await server.close();
  return statusCode;
};

const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

describe('a body', () => {
  it.each([
    ['as deep as can be, in lists', lists(32), 200],
    ['deeper, in lists', lists(33), 400],
    ['as deep as can be, in objects', objects(32), 200],
    ['deeper, in objects', objects(33), 400],
    ['deeper, in lists of objects', `${'[{"a":'.repeat(17)}1${'}]'.repeat(17)}`, 400],
    ['wide', JSON.stringify(Array.from({ length: 50 }, () => ({ a: [] }))), 200],
    ['with brackets in its texts', JSON.stringify({ a: '[{"'.repeat(50) }), 200],
    ['deep behind brackets in its texts', `{"a":"${'[{\\"'.repeat(50)}","b":${lists(32)}}`, 400],
  ])('%s is answered by its depth alone', async (_, payload, status) => {
    expect(await answerTo(payload)).toBe(status);
  });
});
