import { csvText } from '#csv/csv-text';
import { csvOf } from '../../apps/web/src/content/csv';

describe('the files that the site makes', () => {
  it('are written as the API writes its own: no cell is a formula', () => {
    const cells = [
      '=1+1',
      '+33',
      '-5 %',
      '@x',
      '\u22123',
      '\uFF1D1',
      ' \u200B=1',
      'Lyon, gare',
      'dit « "oui" »',
      'deux\nlignes',
      '',
      'É',
      -5,
      0.25,
    ];
    const rows = cells.map((cell) => [cell]);
    expect(csvOf(['Case'], rows)).toBe(
      csvText(
        ['Case'],
        cells.map((cell) => ({ Case: cell })),
      ),
    );
  });
});
