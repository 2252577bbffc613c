import { rendered } from './output';

const wording = 'red \u001b[31m, \u009b1m, \u202eback';

describe('what the command line prints', () => {
  it.each(['table', 'csv', 'json'] as const)('gives a terminal nothing to obey in a %s (case 35)', (output) => {
    const text = rendered(['wording'], [{ wording }], output);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
    expect(text).toContain('red');
  });

  it('changes no value of the JSON that a program reads (case 35)', () =>
    expect(JSON.parse(rendered(['wording'], [{ wording }], 'json'))).toEqual([{ wording }]));

  it('writes a formula as a text into CSV (case 43)', () =>
    expect(rendered(['a', 'b'], [{ a: '\n=1', b: -1 }], 'csv')).toBe('a,b\n"\'\n=1",-1'));
});
