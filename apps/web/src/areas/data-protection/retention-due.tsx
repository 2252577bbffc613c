import type { paths } from '../../api/generated/schema';
import { Id } from '../../content/id';
import { Empty, Scrollable } from '../../design/parts';
import { day } from '../../i18n/format';
import { useRetentionTexts } from './retention-texts';

export type Preview = paths['/networks/{networkId}/retention-runs/preview']['get']['responses'][200]['content']['application/json'];

interface Props {
  readonly preview: Preview;
  readonly items: Preview['items'];
}

/** What is old enough, longest first, by ids, with what keeps it all the same. */
export const DueTable = ({ preview: { counts, kept }, items }: Props) => {
  const say = useRetentionTexts();
  if (items.length === 0)
    return (
      <Empty title={say('nothing-title')}>
        <p>{say('nothing-text')}</p>
      </Empty>
    );
  return (
    <>
      <p>{say('would-erase', counts)}</p>
      {kept.dispute + kept.legalHold > 0 ? <p>{say('kept', { dispute: kept.dispute, hold: kept.legalHold })}</p> : null}
      <Scrollable label={say('due-table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('kind')}</th>
              <th scope="col">{say('id')}</th>
              <th scope="col">{say('ended')}</th>
              <th scope="col">{say('due')}</th>
              <th scope="col">{say('state')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ kind, id, endedAt, dueAt, keptBy }) => (
              <tr key={`${kind} ${id}`}>
                <th scope="row">{say(`kind-${kind}`)}</th>
                <td>
                  <Id id={id} />
                </td>
                <td>{day(endedAt)}</td>
                <td>{day(dueAt)}</td>
                <td>{say(`kept-${keptBy ?? 'none'}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
};
