import { defaultPolicy } from '#domain/network/policy';
import { highsSolver } from '#highs/highs-solver';
import { lille, lyon } from '#testing/network-facts';
import { asFacilitator } from '#testing/people';
import { named, openedWorld, type World } from '../application.fixture';
import type { Explanation, ExplanationWatch } from '../round-explainer.port';
import type { RoundInputsSource } from '../round-inputs.port';
import { asOf, frozenOf } from './frozen-inputs.fixture';
import { createRoundExplainer } from './round-explainer';
import { createRoundRunner, roundIdOf } from './round-runner';

const asked = { envelope: { networkId: lyon, by: asFacilitator(), commandId: named('round') }, options: { seed: 7 } };
const roundId = roundIdOf(asked.envelope);

describe('The explanation of a round', () => {
  let here: World;
  let source: RoundInputsSource;
  const watch = (told: string[] = [], signal = new AbortController().signal): ExplanationWatch => ({
    signal,
    tell: (done, of) => void told.push(`${done}/${of}`),
  });
  const explain = (round: typeof roundId | null, watching = watch(), networkId = lyon) => {
    const { log, codec, clock } = here;
    return createRoundExplainer({ log, codec, clock, source }).explain({ networkId, roundId: round }, watching);
  };
  const basis = async () => ((await explain(roundId)) as Explanation).basis;
  beforeEach(async () => {
    here = await openedWorld();
    source = { freeze: async () => frozenOf(3), inputsAt: async () => frozenOf(3) };
    const { log, codec, clock } = here;
    const runner = createRoundRunner({ log, codec, clock, source, ringSolver: highsSolver, dispatcher: here.process(log).dispatcher });
    await runner.run(asked, { signal: new AbortController().signal, enter: async () => undefined });
  });

  it('is over what the recorded round read, by its seed and its policy (R18)', async () => {
    const told = (await explain(roundId)) as Explanation;
    expect(told).toMatchObject({ roundId, basis: 'recorded', asOf, policyVersion: 1, seed: 7 });
    expect(told.explained).toMatchObject({ served: 0, scarcity: [{ waiting: 3, givers: 0 }] });
    expect(told.explained.unmatched.map(({ reason }) => reason)).toEqual(Array(3).fill('no-offer-on-topic'));
  });

  it('says where it rests on other inputs than the round did, and why (R18, R19)', async () => {
    source = { ...source, inputsAt: async () => ({ ...frozenOf(2), unreadable: 1 }) };
    expect(await basis()).toBe('texts-erased');
    source = { ...source, inputsAt: async () => frozenOf(2) };
    expect(await basis()).toBe('inputs-differ');
  });

  it('is of what is open now where no round is named (R18)', async () => {
    source = { ...source, freeze: async () => frozenOf(5) };
    const told = (await explain(null)) as Explanation;
    expect(told).toMatchObject({ roundId: null, basis: 'present', seed: 0, explained: { scarcity: [{ waiting: 5 }] } });
  });

  it('is of no network that wants rings alone: there one change moves many (R18)', async () => {
    const rings = { ...frozenOf(3), facts: { policy: { ...defaultPolicy, ringsOnly: true }, policyVersion: 1 } };
    source = { freeze: async () => rings, inputsAt: async () => rings };
    expect([await explain(roundId), await explain(null)]).toEqual(['rings', 'rings']);
  });

  it('is of no round of another network, and of none that is not there (R23)', async () => {
    expect(await explain(roundId, watch(), lille)).toBe('not-found');
    expect(await explain(roundIdOf({ ...asked.envelope, commandId: named('another') }))).toBe('not-found');
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const told: string[] = [];
    await explain(roundId, watch(told));
    expect(told).toEqual(['1/8', '2/8', '3/8', '4/8', '5/8', '6/8', '7/8']);
    const stopping = new AbortController();
    const stopped = explain(roundId, { signal: stopping.signal, tell: () => stopping.abort(new Error('enough')) });
    await expect(stopped).rejects.toThrow('enough');
  });
});
