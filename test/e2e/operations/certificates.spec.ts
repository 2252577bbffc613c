import { createCodec } from '#event-store/codec/codec';
import { readModels } from '#projections/read-models';
import { certificateLine } from '#read-store/certificates/certificate';
import { certifyLog } from '#read-store/certificates/certify-log';
import { memoryKeys } from '#keys/memory-keys';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { openApiDocument } from '#apps/api/openapi/document';

describe('certificates over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [lou, olga, aude]: Person[] = [];
  const path = (name: string): string => `operations/projections/${name}/certificate`;

  beforeAll(async () => {
    world = await startApi();
    lou = await world.person('lou', ['network-lead']);
    olga = await world.person('olga', ['operator']);
    aude = await world.person('aude', ['auditor']);
    ok(await lou.post('', { label: 'Lyon' }));
  }, 60_000);
  afterAll(async () => await world?.close());

  it('are for operators and auditors, and the log alone gives the same line', async () => {
    const { head } = { head: await world.installation.log.head() };
    await eventually(async () =>
      (await olga!.get('operations/projections')).body.projections.every(({ position }: { position: string }) => position >= head),
    );
    const answer = ok(await olga!.get(path('risk')));
    expect(
      departures(openApiDocument(world.api), { method: 'get', path: `/networks/${world.networkId}/${path('risk')}`, body: answer.body }),
    ).toEqual([]);
    const model = readModels.find(({ projection }) => projection.name === 'risk')!;
    const { event, ordinal } = answer.body.certificate as { event: string; ordinal: number };
    expect(ordinal).toBeGreaterThan(0);
    const there = await certifyLog({
      ...{ log: world.installation.log, codec: createCodec(memoryKeys()), model, until: { eventId: event }, budget: 1_000_000 },
    });
    expect([answer.body.certificate, answer.body.line]).toEqual([there, certificateLine(there)]);
    expect(ok(await aude!.get(path('risk'))).body.line).toBe(answer.body.line);
  });

  it('are for nobody else, and of no other name', async () => {
    expect((await lou!.get(path('risk'))).status).toBe(403);
    expect((await olga!.get(path('nonsense'))).body).toMatchObject({ status: 404, code: 'not-found' });
  });
});
