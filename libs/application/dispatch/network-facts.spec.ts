import type { SentCommand } from '#domain/catalogue';
import { lille, lyon } from '#testing/network-facts';
import { asNetworkLead } from '#testing/people';
import { done, openedWorld } from '../application.fixture';

const reviewMonths = (months: number): SentCommand => ({
  type: 'ChangePolicy',
  data: { networkId: lyon, changes: { reviewMonths: months } },
});

describe('what a decision knows of its network', () => {
  it('is as of the last event at every use, whoever wrote it (R22)', async () => {
    const here = await openedWorld();
    const { facts } = here.process();
    expect(await facts.of(lyon)).toMatchObject({ policyVersion: 1, charterVersion: 1 });
    for (let months = 1; months <= 5; months += 1) {
      await done(here.give({ order: reviewMonths(months), by: asNetworkLead(), id: `${months}` }));
      expect(await facts.of(lyon)).toMatchObject({ policyVersion: months + 1, policy: { reviewMonths: months } });
    }
    expect(await facts.of(lille)).toBeNull();
  });

  it('is read once for all who ask in one turn, and holds what was committed before each asked', async () => {
    const here = await openedWorld();
    const { facts } = here.process();
    const read = jest.spyOn(here.log, 'readStream');
    const first = facts.of(lyon);
    await done(here.give({ order: reviewMonths(1), by: asNetworkLead(), id: 'one' }));
    read.mockClear();
    const later = await Promise.all(Array.from({ length: 20 }, () => facts.of(lyon)));
    expect(await first).not.toBeNull();
    expect(later.map((one) => one?.policyVersion)).toEqual(Array(20).fill(2));
    expect(read.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('is read again after a read that failed', async () => {
    const here = await openedWorld();
    const { facts } = here.process();
    jest.spyOn(here.log, 'readStream').mockImplementationOnce(() => {
      throw new Error('no answer');
    });
    await expect(facts.of(lyon)).rejects.toThrow('no answer');
    expect(await facts.of(lyon)).not.toBeNull();
  });
});
