import { readKidneyExchange } from './kidney-files';

const oldForm = '3,4\n1,Pair 1\n2,Pair 2\n3,Altruist 3\n0,1,1\n1,0,1\n2,0,0.5\n0,2,0\n';
const newForm = [
  '# FILE NAME: 1.wmd',
  '# NUMBER ALTERNATIVES: 3',
  '# NUMBER EDGES: 4',
  '# ALTERNATIVE NAME 1: Pair 1',
  ...['1,2,1.0', '2,1,1.0', '3,1,0.5', '1,3,0.0', ''],
].join('\n');
const dat = 'Pair,Patient,Donor,Wife-P?,%Pra,Out-Deg,Altruist\n1,A,B,0,0.05,2,0\n2,B,A,0,0.05,1,0\n3,O,O,0,0,1,1\n';
const read = {
  graph: {
    members: 3,
    starters: new Set([2]),
    arcs: [
      { from: 0, to: 1, weight: 10 },
      { from: 1, to: 0, weight: 10 },
      { from: 2, to: 0, weight: 5 },
      { from: 0, to: 2, weight: 0 },
    ],
  },
  scale: 10,
};
const refusal = (wmd: string, ofDat: string | null = null): string => {
  try {
    readKidneyExchange(wmd, ofDat);
  } catch (fault) {
    return String(fault).replace('Error: ', '');
  }
  return 'taken';
};

describe('A kidney exchange of PrefLib', () => {
  it('is the same in the old form and in the new one; weights become whole', () => {
    expect(readKidneyExchange(oldForm, dat)).toEqual(read);
    expect(readKidneyExchange(newForm, dat)).toEqual(read);
    expect(readKidneyExchange(newForm.replaceAll('\n', '\r\n'), dat)).toEqual(read);
  });

  it('has no altruists without its second file', () => {
    expect(readKidneyExchange(oldForm, null).graph.starters).toEqual(new Set());
  });

  it.each([
    ['', 'wmd, line 1: the first line is MEMBERS,EDGES, or begins with #'],
    ['3\n', 'wmd, line 1: the first line is MEMBERS,EDGES, or begins with #'],
    ['2,0\n1,Pair 1\n', 'wmd, line 2: there are fewer than 2 members'],
    [oldForm.replace('2,Pair 2', '4,Pair 2'), 'wmd, line 3: here stands member 2, with a name'],
    [oldForm.replace('0,2,0', '0,3,0'), 'wmd, line 8: an edge is FROM,TO,WEIGHT, its ends from 0 to 2'],
    [oldForm.replace('0,2,0', '0,0,1'), 'wmd, line 8: an edge joins two'],
    [oldForm.replace('0,2,0', '0,1,1'), 'wmd, line 8: an edge stands in the file once'],
    [oldForm.replace('0.5', '-1'), 'wmd, line 7: a weight is a decimal number, 0 or above'],
    [oldForm.replace('0.5', '0.5,2'), 'wmd, line 7: a weight is a decimal number, 0 or above'],
    [oldForm.replace('0.5', '9007199254740993'), 'wmd, line 7: a weight is too large for sums below 2^53'],
    [oldForm.replace('0,2,0\n', ''), 'wmd, line 7: there are 3 edges, the header says 4'],
    [newForm.replace('3,1,0.5', '0,1,0.5'), 'wmd, line 7: an edge is FROM,TO,WEIGHT, its ends from 1 to 3'],
    [newForm.replace('# NUMBER EDGES: 4', '# NUMBER EDGES:'), 'wmd, line 3: "# NUMBER EDGES:" names a whole number'],
  ])('is refused with its line and the rule that it breaks (%#)', (wmd, rule) => {
    expect(refusal(wmd)).toBe(rule);
  });

  it.each([
    [dat.replace('Altruist', 'Blood'), 'dat, line 1: the last column is "Altruist"'],
    [dat.replace('0,0,1,1', '0,0,1,yes'), 'dat, line 4: "Altruist" is 0 or 1'],
    [dat.replace('2,B', '3,B'), 'dat, line 3: here stands member 2, with 7 cells'],
    [dat.replace('1,A,B,0,0.05,2,0\n', ''), 'dat, line 3: 3 members have a line each'],
  ])('is refused for its second file, too (%#)', (ofDat, rule) => {
    expect(refusal(oldForm, ofDat)).toBe(rule);
  });
});
