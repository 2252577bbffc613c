import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { indicators as riskIndicators } from '#projections/risk/figure';
import { indicators as satisfactionIndicators } from '#projections/satisfaction/definitions';
import { RiskEvidenceDto } from './risk.controller';
import { SatisfactionEvidenceDto } from './satisfaction.controller';

const refusals = async (dto: object): Promise<readonly string[]> =>
  (await validate(dto)).filter(({ property }) => property === 'indicator').flatMap(({ constraints }) => Object.values(constraints ?? {}));

describe('the indicator whose evidence is asked for', () => {
  it('is one that there is: a refusal names them all (§6, case 23)', async () => {
    const [risk] = await refusals(plainToInstance(RiskEvidenceDto, { indicator: 'nonsense' }));
    const [satisfaction] = await refusals(plainToInstance(SatisfactionEvidenceDto, { indicator: 'nonsense', motive: 'Yearly check' }));
    for (const name of riskIndicators) expect(risk).toContain(name);
    for (const name of satisfactionIndicators) expect(satisfaction).toContain(name);
    expect(await refusals(plainToInstance(RiskEvidenceDto, { indicator: 'imbalance' }))).toEqual([]);
  });
});
