import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { gapsIn, sitePages, type SitePage } from './pages';

describe('the pages of the site', () => {
  const document = JSON.parse(readFileSync(join(process.cwd(), 'docs/openapi.json'), 'utf8')) as OpenAPIObject;
  let pages: readonly SitePage[];
  beforeAll(() => void (pages = sitePages(document)), 60_000);
  const page = (address: string): SitePage | undefined => pages.find((one) => one.address === address);

  it('let each person do on some page what the API lets them do', () => {
    expect(gapsIn(document, pages)).toEqual([]);
  });

  it('are found by their addresses, with what they call: written there, by a constant, in a file that they import, by a feed', () => {
    const calls = (address: string): readonly string[] => [...(page(address)?.calls ?? [])];
    expect(calls('/n/$networkId/facilitation')).toEqual(
      expect.arrayContaining([
        'GET /networks/{networkId}/match-queue',
        'GET /networks/{networkId}/feeds/match-queue',
        'GET /session',
        'POST /sign-out',
      ]),
    );
    expect(calls('/n/$networkId')).toContain('POST /networks/{networkId}/offers/{offerId}/withdrawal');
    expect(calls('/n/$networkId/dashboards')).toContain('GET /networks/{networkId}/risk');
    expect(calls('/n/$networkId/hours')).not.toContain('GET /networks/{networkId}/match-queue');
    expect(calls('/')).toContain('GET /sign-in');
  });

  it('are come to from the bar and by links, a desk only by those who have it', () => {
    const roles = (address: string): readonly string[] => [...(page(address)?.roles ?? [])];
    expect(roles('/n/$networkId/facilitation/rounds/$roundId')).toEqual(['facilitator', 'network-lead']);
    expect(roles('/n/$networkId/facilitation/pairs')).toEqual(['facilitator']);
    expect(roles('/n/$networkId/operations/$name')).toEqual(['operator']);
    expect(roles('/n/$networkId/exchanges/$exchangeId')).toEqual(expect.arrayContaining(['member', 'mediator', 'facilitator']));
    expect(roles('/n/$networkId/account')).toEqual(['member']);
    // the directory leads there, which facilitators and leads have, too
    expect(roles('/n/$networkId/publish/$kind')).toEqual(['member']);
    expect(roles('/')).toContain('hr');
  });
});
