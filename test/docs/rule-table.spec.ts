import { ruleNames } from './rule-names';
import { ruleTable, tableOf } from './rule-table';
import { allTests, type TitledTest } from './test-titles';

const titled = (title: string, ...groups: readonly string[]): TitledTest => ({ file: 'libs/some.spec.ts', groups, title });
const one = Object.keys(ruleNames).map((rule) => titled(`holds (${rule})`));

describe('the table from rules to tests', () => {
  it('finds the tests of this project, with the groups around them', () => {
    const own = allTests(process.cwd()).filter(({ file }) => file === 'test/docs/rule-table.spec.ts');
    expect(own[0]).toMatchObject({
      groups: ['the table from rules to tests'],
      title: 'finds the tests of this project, with the groups around them',
    });
    expect(own).toHaveLength(7);
  });

  it('lists a test under each rule that it or its group names', () => {
    const table = tableOf([...one, titled('does both', 'a group')]);
    expect(table).toContain('## [R1](domain.md#r1): Two-sided entry\n\n`libs/some.spec.ts`\n\n- `holds (R1)`\n');
    expect(table).not.toContain('does both');
    expect(tableOf([...one, titled('does that', 'a group for R2')])).toContain('- `a group for R2 › does that`');
  });

  it('names the specs that run a contract', () => {
    const specs = ['libs/domain/offer/offer.decider.spec.ts', 'libs/domain/request/request.decider.spec.ts'];
    const contract = allTests(process.cwd()).filter(({ file }) => file === 'libs/domain/entry/entry.contract.ts');
    expect(contract[0]?.runBy).toEqual(specs);
    expect(tableOf([...one, ...contract])).toContain(`\`libs/domain/entry/entry.contract.ts\`, which \`${specs.join('` and `')}\` run\n`);
  });

  it('says which code names a rule', () => {
    expect(ruleTable()).toMatch(
      /## \[R11\].*\n\nNamed in `libs\/domain\/.*`libs\/domain\/member\/engaging\.ts`.*`libs\/application\/processes\/engagement\.process\.ts`/,
    );
  });

  it('fails where a rule has no test', () => {
    expect(() => tableOf(one.slice(1))).toThrow('no test names R1');
  });

  it('fails where a test names a rule that there is not', () => {
    expect(() => tableOf([...one, titled('holds too', `R${25}`)])).toThrow('no such rule');
  });

  it('stands for this project: each rule has a test that names it', () => {
    expect(ruleTable().match(/^## \[R\d+/gm)).toHaveLength(24);
  });
});
