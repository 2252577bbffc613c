import fc from 'fast-check';
import { addDays, addMinutes } from '#domain/calendar';
import { draftedOffer, draftedRequest, profile } from '#testing/content';
import { asFacilitator, asMember, asNetworkLead, ana, bo, cleo, dia, eli, moe, person } from '#testing/people';
import { lyon } from '#testing/network-facts';
import { brokenAtRest, waitingForEver } from './across-streams.fixture';
import { done, enrolled, named, openedWorld, type World } from './application.fixture';
import { laggingProcesses, type LaggingProcesses } from './lagging-processes.fixture';
import { stageOf, type Act } from './random-acts.fixture';
import { settleDisputes, settleReports } from './random-exchanges.fixture';
import { acts } from './random-story.fixture';
import { mayPublish } from './dispatch/membership-guards';

const SEED = 20260302;

type Name = keyof typeof acts;
type Step =
  | { readonly what: Name; readonly a: number; readonly b: number }
  | { readonly what: 'follows' | 'crashes' | 'strikes' | 'lags'; readonly a: number; readonly b: number }
  | { readonly what: 'passes' | 'rests' | 'meets' | 'seeksAgain'; readonly a: number; readonly b: number };

const number = fc.nat({ max: 59 });
const some = <Kind extends Step['what']>(weight: number, what: Kind) => ({
  weight,
  arbitrary: fc.record({ what: fc.constant(what), a: number, b: number }) as fc.Arbitrary<Step>,
});
const steps = fc.array(
  fc.oneof(
    ...Object.entries(acts).map(([name, [weight]]) => some(weight, name as Name)),
    some(22, 'follows'),
    some(4, 'crashes'),
    some(4, 'strikes'),
    some(8, 'passes'),
    some(6, 'lags'),
    some(12, 'rests'),
    some(6, 'meets'),
    some(4, 'seeksAgain'),
  ),
  { minLength: 20, maxLength: 70 },
);

const begun = async (): Promise<World> => {
  const here = await openedWorld();
  for (const one of [ana, bo, cleo, dia, moe]) await enrolled(here, one);
  await done(here.give({ order: { type: 'NameMediator', data: { networkId: lyon, memberId: moe } }, by: asNetworkLead(), id: 'moe' }));
  const sides = { offers: [draftedOffer('offer-of-eli')], requests: [draftedRequest('request-of-eli')] };
  const entry = { memberId: eli, profile: profile(), entry: 'self', ...sides } as const;
  await here.give({ order: { type: 'ApplyForMembership', data: entry }, by: asMember(eli), id: 'eli' });
  await here.give({ order: { type: 'AcceptCharter', data: { memberId: eli, charterVersion: 1 } }, by: asMember(eli), id: 'charter eli' });
  const other = { ...entry, memberId: person('gil'), entry: 'fair', offers: [], requests: [] } as const;
  await here.give({ order: { type: 'ApplyForMembership', data: other }, by: asFacilitator(), id: 'gil' });
  return here;
};

interface Story {
  readonly here: World;
  readonly running: LaggingProcesses;
  readonly application: ReturnType<World['process']>;
}

const perform = async ({ application }: Story, given: readonly Act[], id: string): Promise<void> => {
  for (const [index, { order, by }] of given.entries()) {
    const publishes = order.type === 'PublishOffer' || order.type === 'PublishRequest';
    // Who leaves while they publish was still a member when they were asked.
    const left = publishes && (await application.dispatcher.loadState('member', order.data.memberId)).state.status === 'left';
    const guard = publishes && !left ? mayPublish(application.dispatcher, order.data.memberId) : undefined;
    await application.dispatcher.dispatch(order, { networkId: lyon, by, commandId: named(`${id}/${index}`) }, guard);
  }
};

const later = (here: World, days: number): void => here.clock.set(addMinutes(addDays(here.clock.now(), days), 7));

const play = async (story: Story, { what, a, b }: Step, index: number): Promise<void> => {
  const { here, running } = story;
  switch (what) {
    case 'follows':
      return void (await running.step(a, { events: 1 + (b % 6), turn: b % 7 }));
    case 'crashes':
      return void (await running.step(a, { events: 1 + (b % 3), turn: b % 5, crashesAfter: b % 4 }));
    // Everything follows but one process, which then finds it all at once.
    case 'lags':
      return running.drain({ behind: a, turn: b });
    case 'strikes':
      return void (await running.strike(a));
    case 'passes':
      return later(here, [0, 1, 2, 3, 15, 31, 80, 370][a % 8]!);
    case 'rests':
      return running.drain({ turn: a });
    case 'meets':
      return meet(story, { a, b }, index);
    case 'seeksAgain':
      return seekAgain(story, { a, b }, index);
    default: {
      const stage = stageOf(await running.see(), here.clock.now(), index);
      return perform(story, acts[what][1](stage, a, b), `act ${index}`);
    }
  }
};

/** What seldom comes about by chance: an agreement, and what was agreed. */
const meet = async (story: Story, { a, b }: { readonly a: number; readonly b: number }, index: number): Promise<void> => {
  const agreed = ['propose', 'rests', 'accept', 'rests', 'agree', 'agree', 'rests'] as const;
  const way = b % 2 === 0 ? agreed : ([...agreed, 'report', 'hold', 'rests', 'correct', 'evaluate'] as const);
  for (const [place, what] of way.entries()) await play(story, { what, a: what === 'propose' ? a : 59, b }, index * 100 + place);
};

/** A match ends, and the next one for the same request opens, before the process that follows requests (or another) saw the end. */
const seekAgain = async (story: Story, { a, b }: { readonly a: number; readonly b: number }, index: number): Promise<void> => {
  const way = ['propose', 'rests', 'declineLast', 'lags', 'propose', 'lags', 'rests'] as const;
  const behind = b % 3 === 0 ? a : story.running.names.indexOf('matched-requests');
  for (const [place, what] of way.entries()) await play(story, { what, a: what === 'lags' ? behind : a, b }, index * 100 + place);
};

/** The facilitator and the mediator do what waits for them; then every window ends, one after the other. */
const ended = async (story: Story): Promise<void> => {
  const { here, running } = story;
  for (let round = 0; round < 400; round++) {
    const stage = stageOf(await running.see(), here.clock.now(), 100_000 + round);
    await perform(story, [...settleDisputes(stage, round + 1), ...settleReports(stage)], `end ${round}`);
    await running.drain();
    const next = running.nextDue();
    if (next === null && round > 0) return;
    if (next !== null && next > here.clock.now()) here.clock.set(next);
  }
  throw new Error('due times never end');
};

describe('what spans streams, whatever people, processes, crashes and clocks do', () => {
  it('keeps places, requests, exchanges, hours and reciprocity in step, and leaves nothing waiting for ever (R1, R2, R10 to R12, R20, §3)', async () => {
    const property = fc.asyncProperty(steps, async (history) => {
      const here = await begun();
      const application = here.process();
      const running = laggingProcesses(here, application);
      const story = { here, running, application };
      for (const [index, step] of history.entries()) await play(story, step, index);
      await running.drain();
      expect(brokenAtRest(await running.see())).toEqual([]);
      await ended(story);
      const seen = await running.see();
      expect(brokenAtRest(seen)).toEqual([]);
      expect(waitingForEver(seen)).toEqual([]);
    });
    await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 60), seed: Number(process.env['SEED'] ?? SEED) });
  }, 120_000);
});
