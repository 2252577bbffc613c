import { formulas } from '#projections/satisfaction/formulas';
import { rulesOf } from '../../apps/web/src/areas/dashboards/satisfaction-measures';

it('names the same rules behind a figure of satisfaction to who leads a network as to an auditor (R15)', () => {
  const measures = Object.keys(formulas) as (keyof typeof formulas)[];
  expect(measures.map((measure) => [measure, rulesOf(measure)])).toEqual(measures.map((measure) => [measure, formulas[measure].rules]));
});
