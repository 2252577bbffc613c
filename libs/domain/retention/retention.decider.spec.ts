import { command, now } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { factsWithPolicy, lille, lyon, networkFacts } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asNetworkLead, cleo, dia, pam, system } from '#testing/people';
import type { ExchangeId, IncidentId, RetentionRunId } from '../ids';
import { retentionDecider } from './retention.decider';
import type { Expired, RetentionEvent } from './retention.events';

const retention = specifying(retentionDecider);
const [first, second] = ['run-1' as RetentionRunId, 'run-2' as RetentionRunId];
const periods = { exchangeTextsMonths: 24, goneMembersMonths: 36 };
const shorter = factsWithPolicy({ exchangeTextsMonths: 12 });
const expired: Expired = {
  exchangeIds: ['exchange-1' as ExchangeId, 'exchange-2' as ExchangeId],
  incidentIds: ['incident-1' as IncidentId],
  memberIds: [dia],
};

const started = (runId = first, by: typeof pam | null = pam): RetentionEvent => ({
  type: 'RetentionRunStarted',
  data: { networkId: lyon, runId, by, upTo: now, ...periods },
});
const applied = (changes: Partial<Expired> = {}): RetentionEvent => ({
  type: 'RetentionApplied',
  data: { networkId: lyon, runId: first, ...expired, ...changes },
});
const ended: RetentionEvent = {
  type: 'RetentionRun',
  data: { networkId: lyon, runId: first, upTo: now, erased: 0, kinds: { exchanges: 0, incidents: 0, members: 0 } },
};

const start = (by = asDataProtectionOfficer(), { runId = first, network = networkFacts() } = {}) =>
  command('StartRetentionRun', { networkId: lyon, runId, ...periods }, by, { network });
const apply = (changes: Partial<Expired> = {}, network = networkFacts(), by = system) =>
  command('ApplyRetention', { networkId: lyon, runId: first, ...expired, ...changes }, by, { network });
const end = (runId = first, by = system) => command('EndRetentionRun', { networkId: lyon, runId }, by);

describe('a retention run', () => {
  it('begins where a data protection officer says so, by the periods that they were shown (R19)', () => {
    retention.given().when(start()).then(started());
    retention.given().when(start(asNetworkLead())).thenRefused('not-allowed');
    retention
      .given()
      .when(start(asDataProtectionOfficer(), { network: shorter }))
      .thenRefused('retention-periods-changed');
  });

  it('begins by the clock only with what somebody has started, as long as the policy stays so (R19)', () => {
    const byClock = start(system, { runId: second });
    retention.given().when(byClock).thenRefused('retention-not-started');
    retention.given(started(), ended).when(byClock).then(started(second, null));
    const changed = command(
      'StartRetentionRun',
      { networkId: lyon, runId: second, exchangeTextsMonths: 12, goneMembersMonths: 36 },
      system,
      {
        network: shorter,
      },
    );
    retention.given(started(), ended).when(changed).thenRefused('retention-not-started');
  });

  it('is one at a time, and is begun once (R22)', () => {
    retention.given(started()).when(start()).thenNothing();
    retention
      .given(started())
      .when(start(asDataProtectionOfficer(), { runId: second }))
      .thenRefused('retention-run-under-way');
  });

  it('belongs to its own network (R23)', () => {
    retention
      .given()
      .when(start(asDataProtectionOfficer(), { network: networkFacts({ networkId: lille }) }))
      .thenRefused('network-not-found');
  });

  it('tells once what it ended, however often a step is tried (R22)', () => {
    retention.given(started()).when(apply()).then(applied());
    retention.given(started(), applied()).when(apply()).thenNothing();
    retention
      .given(started(), applied())
      .when(apply({ memberIds: [dia, cleo] }))
      .then(applied({ exchangeIds: [], incidentIds: [], memberIds: [cleo] }));
  });

  it('ends nothing more once the policy keeps otherwise, and nothing after its end (R19)', () => {
    retention.given(started()).when(apply({}, shorter)).thenRefused('retention-periods-changed');
    retention.given(started(), ended).when(apply()).thenRefused('retention-run-over');
    retention.given(started(), ended, started(second)).when(apply()).thenRefused('retention-run-over');
    retention
      .given(started())
      .when(apply({}, networkFacts(), asDataProtectionOfficer()))
      .thenRefused('not-allowed');
  });

  it('is recorded once, with how much it ended of what (R19, R22)', () => {
    const kinds = { exchanges: 3, incidents: 1, members: 1 };
    const more = applied({ exchangeIds: ['exchange-3' as ExchangeId], incidentIds: [], memberIds: [] });
    retention
      .given(started(), applied(), more)
      .when(end())
      .then({ type: 'RetentionRun', data: { networkId: lyon, runId: first, upTo: now, erased: 5, kinds } });
    retention.given(started()).when(end()).then(ended);
    retention.given(started(), ended).when(end()).thenNothing();
    retention.given().when(end()).thenRefused('retention-run-over');
    retention
      .given(started())
      .when(end(first, asDataProtectionOfficer(ana)))
      .thenRefused('not-allowed');
  });
});
