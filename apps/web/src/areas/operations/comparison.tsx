import { Fragment } from 'react';
import type { paths } from '../../api/generated/schema';
import { Notice, Section } from '../../design/parts';
import { list, number } from '../../i18n/format';
import { useProjectionTexts } from './projection-texts';

export type Comparison =
  paths['/networks/{networkId}/operations/projections/{name}/comparison']['post']['responses'][200]['content']['application/json']['comparison'];

const versionOf = ({ version, build }: Comparison['from']): string => `${version}.${build}`;

/** What a build has otherwise than the one that serves. */
export const ComparisonReport = ({ of }: { readonly of: Comparison }) => {
  const say = useProjectionTexts();
  const facts = [
    [say('compared-builds'), say('compared-of', { from: versionOf(of.from), to: versionOf(of.to) })],
    [say('rows'), say('rows-of', { from: number(of.rows.from), to: number(of.rows.to) })],
    [say('only-from'), number(of.onlyFrom)],
    [say('only-to'), number(of.onlyTo)],
    [say('differing'), number(of.differing)],
    [say('fields'), list(of.compared)],
    [say('foreign'), list(of.foreign)],
    [say('declared'), of.declared ? `${list(of.declared.fields)} ${of.declared.because}` : ''],
  ].filter(([, fact]) => fact !== '');
  return (
    <Section title={say('compared')}>
      <Notice {...(of.agrees ? {} : { tone: 'warn' as const })}>{say(of.agrees ? 'agrees' : 'differs')}</Notice>
      <dl className="facts">
        {facts.map(([name, fact]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </Fragment>
        ))}
      </dl>
      {of.examples.length > 0 ? (
        <details>
          <summary>{say('examples')}</summary>
          <ul>
            {of.examples.map((key) => (
              <li key={key}>
                <code>{key}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Section>
  );
};
