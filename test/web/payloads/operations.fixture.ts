import type { Person } from '#test/e2e/harness/person-at';
import { eventually, ok } from '#test/e2e/harness/asking';
import type { Ground } from './entering.fixture';

/** A small read model, that others do not wait for. */
const MODEL = 'rounds';
const at = (action: string): string => `operations/projections/${MODEL}/${action}`;

interface Builds {
  readonly builds: readonly { readonly version: number; readonly build: number; readonly serves: string }[];
}

const ready = async (operator: Person): Promise<{ readonly version: number; readonly build: number }> =>
  eventually(async () => {
    const { builds } = ok(await operator.get(`operations/projections/${MODEL}`)).body as Builds;
    const found = builds.find(({ serves }) => serves === 'ready');
    return found && { version: found.version, build: found.build };
  });

/** A build that stands a moment behind the active one says so: then the same is asked again. */
const askUntilLevel = (operator: Person, action: string, body: object): Promise<unknown> =>
  eventually(async () => {
    const answer = await operator.post(at(action), body);
    return answer.body?.code === 'behind' ? null : ok(answer);
  });

/** An event of that read model that was set aside; taken up again, and another skipped. */
const takeUp = async ({ site, made }: Ground, operator: Person): Promise<void> => {
  const { rows } = await site.database.query<{ key: string; event_id: string }>(
    `insert into read.parked (projection, unknown, key, position, event_id, type, stream, revision, fault, attempts)
     select p.id, false, right(e.stream, 36), e.position, e.event_id, e.type, e.stream, e.revision, 'TypeError', 1
     from read.projection p, (select * from log.events where type = 'OfferPublished' order by position limit 2) e
     where p.name = 'directory' and p.state = 'active' returning key, event_id`,
  );
  const [repeated, skipped] = rows;
  const parked = 'operations/projections/directory/parked';
  ok(await operator.post(`${parked}/retry`, { key: repeated!.key, reason: made.text() }));
  ok(await operator.post(`${parked}/skip`, { key: skipped!.key, eventId: skipped!.event_id, reason: made.text() }));
};

/** All that an operator does to a read model, and why. */
export const operate = async (ground: Ground, operator: Person): Promise<void> => {
  const { made } = ground;
  const because = () => ({ reason: made.text() });
  ok(await operator.post('operations', { action: 'copy-log', target: 'log', ...because() }));
  ok(await operator.post(at('pause'), because()));
  ok(await operator.post(at('resume'), because()));
  ok(await operator.post(at('rebuild'), { byHand: true, ...because() }));
  await askUntilLevel(operator, 'switch', { ...(await ready(operator)), force: true, ...because() });
  await askUntilLevel(operator, 'rollback', because());
  ok(await operator.post(at('stop'), { ...(await ready(operator)), ...because() }));
  await takeUp(ground, operator);
};
