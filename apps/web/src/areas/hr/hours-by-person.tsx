import { useState } from 'react';
import type { paths } from '../../api/generated/schema';
import { api } from '../../api/client';
import { download } from '../../content/download';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Button, Card, Empty, Notice, Scrollable, Section } from '../../design/parts';
import { day, dayAndTime, number } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { useTrainingHoursTexts } from './texts';

type HoursPage = paths['/networks/{networkId}/training-hours']['get']['responses'][200]['content']['application/json'];
type PersonHours = HoursPage['lines'][number];

interface Shown {
  readonly lines: readonly PersonHours[];
  readonly next: string | null;
}

const PAGE_SIZE = 50;
const LARGEST_PAGE = 200;

/** Nothing is asked for before somebody says so: each page that is handed out is recorded. */
export const HoursByPerson = ({ days }: { readonly days: { readonly from: string; readonly to: string } }) => {
  const say = useTrainingHoursTexts();
  const words = useWords();
  const { networkId, label } = useNetwork();
  const [shown, setShown] = useState<Shown | null>(null);
  const [recorded, setRecorded] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);

  const page = async (limit: number, cursor: string | null): Promise<HoursPage> => {
    const query = { ...days, limit, format: 'json' as const, ...(cursor === null ? {} : { cursor }) };
    const { data } = await api.GET('/networks/{networkId}/training-hours', { params: { path: { networkId }, query } });
    setRecorded(new Date().toISOString());
    return data as HoursPage;
  };
  const during = async (work: () => Promise<void>): Promise<void> => {
    if (progress !== null) return;
    setProgress(0);
    setFault(null);
    try {
      await work();
    } catch (failure) {
      setFault(failure);
    } finally {
      setProgress(null);
    }
  };
  const show = (): Promise<void> =>
    during(async () => {
      const { lines, next } = await page(PAGE_SIZE, shown?.next ?? null);
      setShown({ lines: [...(shown?.lines ?? []), ...lines], next });
    });
  const fileName = `training-hours-${days.from}-${days.to}`;
  const exportCsv = (): Promise<void> =>
    during(async () => {
      const { data } = await api.GET('/networks/{networkId}/training-hours', {
        params: { path: { networkId }, query: { ...days, format: 'csv' } },
        parseAs: 'text',
      });
      setRecorded(new Date().toISOString());
      download(`${fileName}.csv`, 'text/csv', String(data));
    });
  const exportJson = (): Promise<void> =>
    during(async () => {
      const lines: PersonHours[] = [];
      let readPosition: HoursPage['readPosition'] | null = null;
      for (let next: string | null = null; ;) {
        const got: HoursPage = await page(LARGEST_PAGE, next);
        lines.push(...got.lines);
        readPosition ??= got.readPosition;
        setProgress(lines.length);
        if (got.next === null) break;
        next = got.next;
      }
      const file = { network: label, ...days, exportedAt: new Date().toISOString(), readPosition, lines };
      download(`${fileName}.json`, 'application/json', JSON.stringify(file, null, 2));
    });
  const isBusy = progress !== null;
  return (
    <Section title={say('people')}>
      <Notice>
        <p>{say('recorded-before')}</p>
      </Notice>
      <div className="row no-print">
        {shown === null ? (
          <Button look="primary" isBusy={isBusy} onClick={() => void show()}>
            {say('show')}
          </Button>
        ) : null}
        <Button isBusy={isBusy} onClick={() => void exportCsv()}>
          {say('export-csv')}
        </Button>
        <Button isBusy={isBusy} onClick={() => void exportJson()}>
          {say('export-json')}
        </Button>
      </div>
      {progress !== null && progress > 0 ? <p role="status">{say('progress', { count: progress })}</p> : null}
      <Fault fault={fault} />
      {recorded ? (
        <Card tone="calm">
          <p role="status">
            <strong>
              {say('recorded', { when: dayAndTime(recorded), from: day(`${days.from}T12:00:00Z`), to: day(`${days.to}T12:00:00Z`) })}
            </strong>{' '}
            {say('recorded-where')}
          </p>
        </Card>
      ) : null}
      {shown ? <Lines lines={shown.lines} /> : null}
      {shown?.next ? (
        <p className="no-print">
          <Button isBusy={isBusy} onClick={() => void show()}>
            {words('more')}
          </Button>
        </p>
      ) : null}
    </Section>
  );
};

const Lines = ({ lines }: { readonly lines: readonly PersonHours[] }) => {
  const say = useTrainingHoursTexts();
  if (lines.length === 0)
    return (
      <Empty title={say('empty')}>
        <p>{say('empty-text')}</p>
      </Empty>
    );
  return (
    <Scrollable label={say('people-table')}>
      <table>
        <caption className="small soft">{say('label', { label: lines[0]?.label ?? '' })}</caption>
        <thead>
          <tr>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('name')}</th>
            <th scope="col">{say('date')}</th>
            <th scope="col">{say('role')}</th>
            <th scope="col" className="number">
              {say('minutes')}
            </th>
            <th scope="col" className="number">
              {say('outside')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ employeeNumber, name, memberId, date, role, minutes, minutesOutside }) => (
            <tr key={`${memberId}/${date}/${role}`}>
              <td>{employeeNumber ?? say('no-number')}</td>
              <th scope="row">{name ?? say('erased')}</th>
              <td>{day(`${date}T12:00:00Z`)}</td>
              <td>{say(role)}</td>
              <td className="number">{say('in-minutes', { minutes: number(minutes) })}</td>
              <td className="number">{minutesOutside > 0 ? say('in-minutes', { minutes: number(minutesOutside) }) : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
};
