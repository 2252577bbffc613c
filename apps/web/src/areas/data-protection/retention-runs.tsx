import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Empty, Scrollable, Section, Waiting } from '../../design/parts';
import { day, number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { useRetentionTexts } from './retention-texts';

/** Every run, newest first, with what it erased so far; those of before, done elsewhere, too. */
export const RetentionRuns = () => {
  const say = useRetentionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = usePages(['retention-runs', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/retention-runs', {
      params: { path: { networkId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const runs = found.data?.pages.flatMap((page) => page.runs) ?? [];
  return (
    <Section title={say('runs')}>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data && runs.length === 0 ? (
        <Empty title={say('no-runs')}>
          <p>{say('no-runs-text')}</p>
        </Empty>
      ) : null}
      {runs.length > 0 ? (
        <Scrollable label={say('runs-table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('begun')}</th>
                <th scope="col">{say('by')}</th>
                <th scope="col">{say('over')}</th>
                <th scope="col">{say('erased')}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map(({ runId, startedAt, by, endedAt, state, kinds, erased }) => (
                <tr key={runId ?? startedAt}>
                  <th scope="row">{day(startedAt)}</th>
                  <td>{say(`by-${by ?? 'none'}`)}</td>
                  <td>{state === 'elsewhere' ? say('written-down') : endedAt ? day(endedAt) : say('still-running')}</td>
                  <td>{kinds ? say('erased-kinds', kinds) : number(erased)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      ) : null}
      <More of={found} />
    </Section>
  );
};
