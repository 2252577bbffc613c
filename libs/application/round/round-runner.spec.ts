import { canonicalJson } from '#kernel/canonical-json';
import { defaultPolicy } from '#domain/network/policy';
import { LogUnavailable, type EventLog, type StoredEvent } from '#event-store/log.port';
import { highsSolver } from '#highs/highs-solver';
import { offerId, requestId } from '#testing/content';
import { lyon } from '#testing/network-facts';
import { ana, asFacilitator, asNetworkLead, bo, cleo, person } from '#testing/people';
import { named, openedWorld, type World } from '../application.fixture';
import type { FrozenInputs, RoundInputsSource } from '../round-inputs.port';
import { asOf, content, frozenOf } from './frozen-inputs.fixture';
import type { RoundPhase, RoundRunner, RoundWatch } from '../round-runner.port';
import { readRound } from './recorded-round';
import { replayOver } from './replay';
import { createRoundRunner, roundIdOf } from './round-runner';

const envelope = { networkId: lyon, by: asFacilitator(), commandId: named('round') };
const asked = { envelope, options: { seed: 7 } };
const roundId = roundIdOf(envelope);
const watching = (phases: RoundPhase[] = [], stopAt?: RoundPhase): RoundWatch => ({
  signal: new AbortController().signal,
  enter: async (phase) => {
    if (phase === stopAt) throw new Error('stopped');
    phases.push(phase);
  },
});

/** A process that dies after so many appends: whatever it sends then is lost. */
const dyingAfter = (appends: number, log: EventLog): EventLog => {
  let left = appends;
  const append: EventLog['append'] = async (...given) => {
    if (left === 0) throw new LogUnavailable('the process is gone', false);
    left -= 1;
    return log.append(...given);
  };
  return Object.assign(Object.create(log) as EventLog, { append });
};

describe('A round', () => {
  let here: World;
  let source: RoundInputsSource;
  const runner = (through = here.log): RoundRunner => {
    const { log, codec, clock } = here;
    return createRoundRunner({ log, codec, clock, source, ringSolver: highsSolver, dispatcher: here.process(through).dispatcher });
  };
  const recordedTypes = () => here.types(`round-${roundId}`);
  beforeEach(async () => {
    here = await openedWorld();
    source = { freeze: async () => frozenOf(9000), inputsAt: async () => frozenOf(9000) };
  });

  it('that was cut short between two appends goes on by the same ids over what it read then, whatever has changed since (R18, R22)', async () => {
    expect(await runner(dyingAfter(1, here.log)).run(asked, watching())).toMatchObject({ outcome: 'unknown' });
    const cut = await here.stored(`round-${roundId}`);
    expect(cut.map(({ type }) => type)).not.toContain('MatchingRoundCompleted');
    const changed = { type: 'ChangePolicy', data: { networkId: lyon, changes: { pairRestDays: 30 } } } as const;
    await here.give({ order: changed, by: asNetworkLead(), id: 'policy' });
    source = { freeze: async () => frozenOf(3, 2), inputsAt: async () => frozenOf(9000) };
    expect(await runner().run(asked, watching())).toMatchObject({ outcome: 'done', repeated: false });
    const whole = await here.stored(`round-${roundId}`);
    expect(whole.slice(0, cut.length)).toEqual(cut);
    const { matches, unmatched, completed } = (await readRound(here, roundId))!;
    expect([matches.length, unmatched.length, completed?.unmatched]).toEqual([0, 9000, 9000]);
    expect(new Set(unmatched.map((left) => left.requestId)).size).toBe(9000);
    expect(await runner().run(asked, watching())).toMatchObject({ outcome: 'done', repeated: true });
  });

  it('is recorded in parts under an id that was drawn for it alone, too (R22)', async () => {
    const drawn = { ...asked, envelope: { ...envelope, isFirst: true } } as const;
    expect(await runner().run(drawn, watching())).toMatchObject({ outcome: 'done', repeated: false });
    const types = await recordedTypes();
    expect([types[0], types.at(-1)]).toEqual(['MatchingRoundStarted', 'MatchingRoundCompleted']);
    expect(types.filter((type) => type === 'MatchingRoundStarted')).toHaveLength(1);
  });

  it('that was cut short does not go on in other words under its key, and goes on in its own (R22)', async () => {
    const inWords = (bodyDigest: string) => ({ ...asked, envelope: { ...envelope, bodyDigest } });
    await runner(dyingAfter(1, here.log)).run(inWords('its own'), watching());
    const refused = { outcome: 'rejected', refusal: { code: 'idempotency-key-reused' } };
    expect(await runner().run(inWords('others'), watching())).toEqual(refused);
    expect(await runner().run(inWords('its own'), watching())).toMatchObject({ outcome: 'done', repeated: false });
  });

  it('that was cut short while it was recorded is not stopped any more: it is completed', async () => {
    await runner(dyingAfter(1, here.log)).run(asked, watching());
    const phases: RoundPhase[] = [];
    expect(await runner().run(asked, watching(phases, 'solving'))).toMatchObject({ outcome: 'done' });
    expect(phases).toEqual(['reading', 'recording']);
  });

  it('that was cut short does not go on where what it read is gone (R18)', async () => {
    await runner(dyingAfter(1, here.log)).run(asked, watching());
    source = { freeze: async () => frozenOf(9000), inputsAt: async () => frozenOf(8999) };
    expect(await runner().run(asked, watching())).toEqual({ outcome: 'rejected', refusal: { code: 'round-inputs-differ' } });
  });

  it.each(['reading', 'solving', 'recording'] as const)('that is stopped before %s has written nothing', async (phase) => {
    await expect(runner().run(asked, watching([], phase))).rejects.toThrow('stopped');
    expect(await recordedTypes()).toEqual([]);
  });

  it('passes its phases in order, and records nothing under a policy that changed meanwhile (R18)', async () => {
    const phases: RoundPhase[] = [];
    source = { ...source, freeze: async () => frozenOf(2, 9) };
    const refused = { outcome: 'rejected', refusal: { code: 'policy-changed-meanwhile' } };
    expect(await runner().run(asked, watching(phases))).toEqual(refused);
    expect(phases).toEqual(['reading', 'solving', 'recording']);
    expect(await recordedTypes()).toEqual([]);
  });

  describe('of rings, where the policy wants them', () => {
    const policy = { ...defaultPolicy, ringsOnly: true };
    const circle = [
      [ana, bo],
      [bo, cleo],
      [cleo, ana],
    ] as const;
    const inCircle = (longestRing: number): FrozenInputs => {
      const whole = { ...content, smallestGroup: 1, largestGroup: 1 };
      const offers = circle.map(([memberId], n) => ({ ...whole, memberId, topicKey: `k${n}`, offerId: offerId(`o${n}`) }));
      const wanted = circle.map(([, memberId], n) => ({
        ...content,
        memberId,
        topicKey: `k${n}`,
        requestId: requestId(`r${n}`),
        openSince: asOf,
      }));
      const frozen = frozenOf(0);
      return {
        ...frozen,
        inputs: { ...frozen.inputs, offers, requests: wanted },
        facts: { policy: { ...policy, longestRing }, policyVersion: 1 },
      };
    };
    const ran = async (frozen: FrozenInputs) => {
      source = { freeze: async () => frozen, inputsAt: async () => frozen };
      return runner().run(asked, watching());
    };

    it('finds a ring of three where it may, and is the same again (R18)', async () => {
      expect(await ran(inCircle(3))).toMatchObject({ outcome: 'done' });
      const { started, matches } = (await readRound(here, roundId))!;
      expect([started.solverVersion, matches.length, new Set(matches.map(({ ringId }) => ringId)).size]).toEqual(['rings-1', 3, 1]);
      expect(await runner().replay(roundId, watching())).toMatchObject({ verdict: 'same', solver: { present: 'rings-1' } });
    });

    it('finds none that is longer than the policy lets, and says so of each request', async () => {
      await ran(inCircle(2));
      const { matches, unmatched } = (await readRound(here, roundId))!;
      expect([matches, unmatched.map(({ reason }) => reason)]).toEqual([[], ['in-no-ring', 'in-no-ring', 'in-no-ring']]);
    });

    it('is refused where more rings are possible than can be solved, and records nothing', async () => {
      const frozen = inCircle(5);
      const people = Array.from({ length: 60 }, (_, n) => person(`somebody-${n}`));
      const offers = people.map((memberId, n) => ({ ...frozen.inputs.offers[0]!, memberId, offerId: offerId(`many-${n}`) }));
      const wanted = people.map((memberId, n) => ({ ...frozen.inputs.requests[0]!, memberId, requestId: requestId(`many-${n}`) }));
      const refused = { outcome: 'rejected', refusal: { code: 'too-many-rings' } };
      expect(await ran({ ...frozen, inputs: { ...frozen.inputs, offers, requests: wanted } })).toEqual(refused);
      expect(await recordedTypes()).toEqual([]);
    });
  });

  describe('replayed', () => {
    const recorded = async () => (await readRound(here, roundId))!;
    beforeEach(async () => {
      source = { freeze: async () => frozenOf(600), inputsAt: async () => frozenOf(600) };
      await runner().run(asked, watching());
    });

    it('is the same, byte for byte (R18)', async () => {
      const { started } = await recorded();
      expect(await runner().replay(roundId, watching())).toEqual({
        verdict: 'same',
        solver: { recorded: started.solverVersion, present: started.solverVersion },
        inputHash: { recorded: started.inputHash, again: started.inputHash },
        erased: 0,
        found: { matches: 0, unmatched: 600 },
        differences: [],
        differing: 0,
      });
    });

    it('says what differs where other results are recorded than are found again (R18)', async () => {
      const { unmatched, completed, ...round } = await recorded();
      const altered = unmatched.slice(1).map((left, n) => (n === 0 ? { ...left, reason: 'pair-resting' as const } : left));
      const gap = { served: 1, cost: 0 };
      const replay = await replayOver({ ...round, unmatched: altered, completed: { ...completed!, gap } }, frozenOf(600), highsSolver);
      expect(replay).toMatchObject({ verdict: 'differs', differing: 3 });
      expect(replay.differences).toEqual([
        { what: 'unmatched', id: altered[0]!.requestId, how: 'other' },
        { what: 'unmatched', id: unmatched[0]!.requestId, how: 'new' },
        { what: 'gap', id: null, how: 'other' },
      ]);
    });

    it('says that its inputs were erased, and how many; or are others (R18)', async () => {
      source = { ...source, inputsAt: async () => ({ ...frozenOf(598), unreadable: 2 }) };
      expect(await runner().replay(roundId, watching())).toMatchObject({ verdict: 'inputs-erased', erased: 2, differing: 0 });
      source = { ...source, inputsAt: async () => frozenOf(599) };
      expect(await runner().replay(roundId, watching())).toMatchObject({ verdict: 'inputs-differ', erased: 0 });
    });

    it('cannot be compared where another solver made it, where it is not whole, or where it does not say as of when it judged', async () => {
      const verdict = async (alter: (event: StoredEvent) => StoredEvent | null) => {
        const readStream: EventLog['readStream'] = async function* (stream) {
          for await (const one of here.log.readStream(stream)) {
            const altered = alter(one);
            if (altered) yield altered;
          }
        };
        const { codec, clock } = here;
        const log = Object.assign(Object.create(here.log) as EventLog, { readStream });
        const read = createRoundRunner({ log, codec, clock, source, ringSolver: highsSolver, dispatcher: here.process().dispatcher });
        return (await read.replay(roundId, watching()))?.verdict;
      };
      const told = (changes: object) => (one: StoredEvent) =>
        one.type === 'MatchingRoundStarted' ? { ...one, data: canonicalJson({ ...JSON.parse(one.data), ...changes }) } : one;
      expect(await verdict(told({ solverVersion: 'greedy-1' }))).toBe('other-solver');
      expect(await verdict(told({ asOf: null }))).toBe('undated');
      expect(await verdict((one) => (one.type === 'MatchingRoundCompleted' ? null : one))).toBe('not-completed');
      expect(await runner().replay('0192f0c1-0000-7000-8000-000000000009' as never, watching())).toBeNull();
    });
  });
});
