import { OfferContentDto } from '#application/dto/content.dto';
import { DraftsDto } from '#application/dto/drafts.dto';
import { ProblemError } from '../problems/problem';
import { Validation } from './validation';

type Fields = readonly (readonly [field: string, rule: string])[];

const wrongFields = async (metatype: new () => object, body: unknown): Promise<Fields> => {
  try {
    await new Validation().transform(body, { type: 'body', metatype });
  } catch (fault) {
    if (!(fault instanceof ProblemError)) throw fault;
    return (fault.problem.errors ?? []).map(({ field, message }) => [field, message.en]);
  }
  return [];
};

const named = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, number) => [`a${number}`, 0]));
const tooMuch: Fields = [['', 'must hold no more than 4000 values in all']];

describe('a body that is not as it should be', () => {
  it('is told field by field, a hundred at most', async () => {
    const told = await wrongFields(OfferContentDto, named(150));
    expect(told).toHaveLength(100);
    expect(told[0]).toEqual(['/a0', 'an unknown field: leave it out']);
  });

  it.each([
    ['fields', OfferContentDto, named(15_000)],
    ['items', DraftsDto, { offers: Array.from({ length: 60_000 }, () => ({})), requests: [] }],
    ['fields of items', DraftsDto, { offers: Array.from({ length: 20 }, () => named(250)), requests: [] }],
  ])('is refused as a whole where it holds too many %s', async (_, metatype, body) => {
    expect(await wrongFields(metatype, body)).toEqual(tooMuch);
  });

  it('is told where a list is too long, as long as it is no more than that', async () => {
    const told = await wrongFields(DraftsDto, { offers: Array.from({ length: 30 }, () => ({})), requests: [] });
    expect(told[0]).toEqual(['/offers', 'must contain no more than 20 elements']);
  });
});
