import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { SubmitEvaluationDto } from '#application/exchange/submit-evaluation';
import { EnrolMemberDto } from '#application/member/enrol-member';
import { PauseMembershipDto } from '#application/member/pause-membership';
import { ChangePolicyDto } from '#application/network/change-policy';
import { DraftOfferDto } from '#application/offer/draft-offer';
import { offerContent, profile, requestContent } from '#testing/content';
import { instanceOf } from './compiled-instances';
import { isSurelyValid } from './compiled-rules';

const BODIES: readonly (readonly [string, new () => object, object])[] = [
  ['a draft', DraftOfferDto, { content: offerContent() }],
  ['a policy', ChangePolicyDto, { graceDays: 30, headcount: { 'site:LYO': 4 }, thresholds: { imbalance: 0.5, dormancy: null } }],
  ['an entry', EnrolMemberDto, { charterVersion: 1, profile: profile(), offers: [offerContent()], requests: [requestContent()] }],
  ['a pause', PauseMembershipDto, { until: '2026-05-01T00:00:00Z' }],
  ['an evaluation', SubmitEvaluationDto, { overall: 4, criteria: [], again: true, usable: 3 }],
];
const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
const isValid = (object: object): boolean => validateSync(object, OPTIONS).length === 0;

/** Every place in a body, as a path. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))]
    : [path];

const changedAt = (body: object, [...path]: readonly string[], value: unknown): object => {
  const copy = structuredClone(body) as Record<string, unknown>;
  const last = path.pop();
  let holder = copy;
  for (const name of path) holder = holder[name] as Record<string, unknown>;
  if (last === undefined) return { ...copy, [JSON.stringify(value) ?? 'undefined']: value };
  // as JSON: undefined is a field that is not there
  holder[last] = value;
  return JSON.parse(JSON.stringify(copy)) as object;
};

describe.each(BODIES)('the rules of %s, compiled', (_name, shape, body) => {
  it('take it', () => {
    const instance = plainToInstance(shape, body);
    expect([isValid(instance), isSurelyValid(instance)]).toEqual([true, true]);
  });

  it('take nothing that class-validator refuses, and refuse nothing that it takes', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, null, '', 0, -1, 6, 0.5, [], {}, [null], [[{}]], 'fr', '\u0000'));
    fc.assert(
      fc.property(fc.constantFrom(...placesIn(body)), value, (path, other) => {
        const instance = plainToInstance(shape, changedAt(body, path, other));
        expect(isSurelyValid(instance)).toBe(isValid(instance));
      }),
      { numRuns: 300 },
    );
  });

  it('are asked of the object that class-transformer makes, or of none', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(null, '', 0, [], {}, [null], [[{}]], [{ prototype: 1 }], '2026-05-01T02:00:00+02:00'),
    );
    let made = 0;
    fc.assert(
      fc.property(fc.constantFrom(...placesIn(body)), value, (path, other) => {
        const plain = changedAt(body, path, other) as Record<string, unknown>;
        const instance = instanceOf(shape, plain);
        if (instance === null) return;
        made += 1;
        expect(instance).toStrictEqual(plainToInstance(shape, structuredClone(plain)));
      }),
      { numRuns: 300 },
    );
    expect(made).toBeGreaterThan(0);
  });
});
