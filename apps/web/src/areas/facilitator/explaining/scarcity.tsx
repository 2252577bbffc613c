import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { paths } from '../../../api/generated/schema';
import { Fault } from '../../../content/fault';
import { useWords } from '../../../content/words';
import { Empty, Notice, Page, Scrollable, Section, Waiting } from '../../../design/parts';
import { day, number } from '../../../i18n/format';
import { languageNow } from '../../../i18n/language';
import { useNetwork } from '../../../session/session';
import { CsvFile } from './csv-file';
import { useScarcityTexts } from './scarcity-texts';
import { untilDone } from './use-explanation';

const SCARCITY = '/networks/{networkId}/scarcity' as const;
type Report = paths[typeof SCARCITY]['get']['responses'][200]['content']['application/json'];
type Row = Report['rows'][number];

const useReport = () => {
  const { networkId } = useNetwork();
  return useQuery({
    ...untilDone,
    queryKey: ['scarcity', networkId, languageNow()],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const params = { path: { networkId }, header: { 'Accept-Language': languageNow() } };
      // JSON is what was asked for: a file is another question
      return (await api.GET(SCARCITY, { params, signal })).data as Report;
    },
  });
};

/** Where givers lack, as a round of today would leave it. */
export const ScarcityReport = () => {
  const say = useScarcityTexts();
  const { data, error, refetch } = useReport();
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Fault fault={error} onRetry={() => void refetch()} />
      <div aria-live="polite" className="stack">
        {data || error ? null : (
          <>
            <Notice>{say('under-way')}</Notice>
            <Waiting label={say('under-way')} lines={4} />
          </>
        )}
      </div>
      {data?.rows.length === 0 ? (
        <Empty title={say('empty')}>
          <p>{say('empty-text')}</p>
        </Empty>
      ) : null}
      {data && data.rows.length > 0 ? (
        <Section title={say('table')} tools={<ReportFile day={data.asOf.slice(0, 10)} />}>
          <p className="soft">
            {say('as-of', { day: day(data.asOf) })} {say('order')}
          </p>
          <Rows rows={data.rows} />
          {data.all > data.rows.length ? <p className="soft">{say('bounded', { shown: data.rows.length, count: data.all })}</p> : null}
          <p className="small soft">{say('newcomers')}</p>
        </Section>
      ) : null}
    </Page>
  );
};

const Rows = ({ rows }: { readonly rows: readonly Row[] }) => {
  const say = useScarcityTexts();
  const words = useWords();
  return (
    <Scrollable label={say('scrolled')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('topic')}</th>
            <th scope="col">{say('level')}</th>
            {(['waiting', 'givers', 'more', 'served'] as const).map((column) => (
              <th scope="col" className="number" key={column}>
                {say(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ topic, level, language, waiting, givers, steps }, at) => (
            <tr key={at}>
              <th scope="row">{topic.label ?? topic.uri ?? say('not-shown')}</th>
              <td>
                {words(`level-${level}`)}, {words(`language-${language}`)}
              </td>
              <td className="number">{number(waiting)}</td>
              <td className="number">{number(givers)}</td>
              <td className="number">{steps.map((step) => number(step.givers)).join(' · ')}</td>
              <td className="number">{steps.map((step) => number(step.served)).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
};

const ReportFile = ({ day: name }: { readonly day: string }) => {
  const say = useScarcityTexts();
  const { networkId } = useNetwork();
  const params = { path: { networkId }, query: { format: 'csv' as const }, header: { 'Accept-Language': languageNow() } };
  return (
    <div className="row no-print">
      <CsvFile label={say('csv')} name={`scarcity-${name}`} read={() => api.GET(SCARCITY, { params, parseAs: 'text' })} />
    </div>
  );
};
