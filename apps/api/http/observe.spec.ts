import fastify from 'fastify';
import { createMetrics } from '../../telemetry/metrics';
import { observe } from './observe';

it('says in no line of the log which exchange was just evaluated or followed up (R15, case 27)', async () => {
  const lines: { readonly route: string; readonly ids: object }[] = [];
  const logger = { isLevelEnabled: () => true, info: (line: (typeof lines)[number]) => lines.push(line) };
  const server = fastify();
  observe(
    server as never,
    logger as never,
    createMetrics(() => null),
  );
  const id = '5d4e2f60-9a3c-4b7e-8f21-0c6d1e2a3b4c';
  const at = '/networks/:networkId/exchanges/:exchangeId';
  const acts = ['evaluation', 'follow-up', 'disputes'];
  for (const act of acts) server.post(`${at}/${act}`, () => ({}));
  for (const act of acts) await server.inject({ method: 'POST', url: `/networks/${id}/exchanges/${id}/${act}` });
  expect(lines.map(({ route, ids }) => [route.split('/').at(-1), ids])).toEqual([
    ['evaluation', {}],
    ['follow-up', {}],
    ['disputes', { networkId: id, exchangeId: id }],
  ]);
});
