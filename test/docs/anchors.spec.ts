import { anchorsOf } from './anchors';

it('finds the anchors of a document: its own, and those that GitHub makes of headings', () => {
  const document = [
    '<a id="r1"></a>',
    '## [R1](domain.md#r1): Two-sided entry',
    '# `npm start`, à deux',
    '## Twice',
    '## Twice',
    '```sh\n# no heading\n```',
  ].join('\n\n');
  expect([...anchorsOf(document)]).toEqual(['r1', 'r1-two-sided-entry', 'npm-start-à-deux', 'twice', 'twice-1']);
});
