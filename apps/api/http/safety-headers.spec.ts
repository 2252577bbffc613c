import fastify from 'fastify';
import helmet from 'helmet';
import { SAFETY_HEADERS, sendSafely } from './safety-headers';

const OPTIONS = {
  contentSecurityPolicy: {
    directives: { styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], upgradeInsecureRequests: null },
  },
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
};

describe('headers of safety', () => {
  it('are, byte for byte, those that helmet sets', () => {
    const set: Record<string, string> = {};
    const response = { setHeader: (name: string, value: string) => void (set[name.toLowerCase()] = value), removeHeader: () => undefined };
    helmet(OPTIONS)({} as never, response as never, () => undefined);
    // helmet's own default names styles from elsewhere
    expect(SAFETY_HEADERS).toEqual(set);
  });

  it('come with answers, refusals and faults, and a route has the last word', async () => {
    const server = fastify();
    sendSafely(server);
    server.get('/there', () => ({}));
    server.get('/fault', () => Promise.reject(new Error('a fault')));
    server.get('/own', (_, reply) =>
      reply.headers({ 'content-security-policy': "default-src 'none'", 'cache-control': 'private' }).send({}),
    );
    for (const url of ['/there', '/nowhere', '/fault']) {
      const { headers } = await server.inject({ url });
      expect(headers).toMatchObject({ ...SAFETY_HEADERS, 'cache-control': 'no-store' });
    }
    expect((await server.inject({ url: '/own' })).headers).toMatchObject({
      ...SAFETY_HEADERS,
      ...{ 'content-security-policy': "default-src 'none'", 'cache-control': 'private' },
    });
  });
});
