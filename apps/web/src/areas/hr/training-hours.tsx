import { useState } from 'react';
import { queries } from '../../api/client';
import { useFeed } from '../../api/feed';
import { Fault } from '../../content/fault';
import { Live } from '../../content/live';
import { useWords } from '../../content/words';
import { Select } from '../../design/fields';
import { Empty, Page, Scrollable, Section, Waiting } from '../../design/parts';
import { monthOfYear, number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { HoursByPerson } from './hours-by-person';
import { useTrainingHoursTexts } from './texts';

const MONTHS_BACK = 36;

const monthsBack = (now: Date): readonly string[] =>
  Array.from({ length: MONTHS_BACK }, (_, back) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 15)).toISOString().slice(0, 7),
  );

/** From the first day of a month to the last one of another. */
const daysOf = (from: string, to: string): { readonly from: string; readonly to: string } => {
  const [year = 0, month = 0] = to.split('-').map(Number);
  return { from: `${from}-01`, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
};

/** The hours that people teach and learn, for the training system (R20): by month, then by person. */
export const TrainingHours = () => {
  const say = useTrainingHoursTexts();
  const months = monthsBack(new Date());
  const lastMonth = months[1] ?? '';
  const [from, setFrom] = useState(lastMonth);
  const [to, setTo] = useState(lastMonth);
  const options = months.map((month) => ({ value: month, label: monthOfYear(month) }));
  const days = daysOf(from, to < from ? from : to);
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="row no-print">
        <Select label={say('from')} value={from} options={options} onChange={setFrom} />
        <Select label={say('to')} value={to < from ? from : to} options={options.filter(({ value }) => value >= from)} onChange={setTo} />
      </div>
      <Months days={days} />
      <HoursByPerson key={`${days.from}/${days.to}`} days={days} />
    </Page>
  );
};

const Months = ({ days }: { readonly days: { readonly from: string; readonly to: string } }) => {
  const say = useTrainingHoursTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/training-hours/months', {
    params: { path: { networkId }, query: { ...days } },
  });
  const following = useFeed(`/networks/${networkId}/feeds/training-hours?from=${days.from}&to=${days.to}`, () => void found.refetch());
  const hours = (minutes: number): string => say('hours', { hours: number(minutes / 60, { maximumFractionDigits: 2 }) });
  return (
    <Section title={say('months')} tools={<Live of={following} />}>
      <p className="soft">{say('months-text')}</p>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data?.months.length === 0 ? (
        <Empty title={say('empty')}>
          <p>{say('empty-text')}</p>
        </Empty>
      ) : null}
      {found.data && found.data.months.length > 0 ? (
        <Scrollable label={say('months-table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('month')}</th>
                {(['learnt', 'given', 'outside'] as const).map((column) => (
                  <th scope="col" className="number" key={column}>
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.months.map(({ month, learnerMinutes, giverMinutes, minutesOutside }) => (
                <tr key={month}>
                  <th scope="row">{monthOfYear(month)}</th>
                  <td className="number">{hours(learnerMinutes)}</td>
                  <td className="number">{hours(giverMinutes)}</td>
                  <td className="number">{hours(minutesOutside)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      ) : null}
    </Section>
  );
};
