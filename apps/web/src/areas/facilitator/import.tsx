import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import { isPassing, isSignedOut, Problem } from '../../api/problem';
import { Fault } from '../../content/fault';
import { Check, FileField, Select } from '../../design/fields';
import { Button, Notice, Page, Scrollable, Section, Tag } from '../../design/parts';
import { list } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { columnOf, keyOf, rowsOf, Unreadable, type Encoding, type ImportRow } from './import-rows';
import { useImportTexts } from './import-texts';

/** What became of a row that was sent. */
type Sent = 'entered' | 'known' | { readonly refused: string };

const SHOWN = 50;
const PATIENCE = 5;
const WAIT_MS = 1_500;

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A file of entries: each row is looked at before anything is written, then the good ones are sent one by one. */
export const Import = () => {
  const say = useImportTexts();
  const [file, setFile] = useState<File | null>(null);
  const [encoding, setEncoding] = useState<Encoding>('utf-8');
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null);
  const [unreadable, setUnreadable] = useState<Unreadable | null>(null);
  useEffect(() => {
    if (!file) return;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const bytes = await file.arrayBuffer();
      if (!isCurrent) return;
      try {
        setRows(rowsOf(bytes, encoding));
        setUnreadable(null);
      } catch (fault) {
        setRows(null);
        setUnreadable(fault instanceof Unreadable ? fault : new Unreadable('csv', String(fault)));
      }
    };
    void read();
    return () => void (isCurrent = false);
  }, [file, encoding]);
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Section title={say('choose')}>
        <FileField label={say('file')} hint={say('file-hint')} accept=".csv,text/csv,text/plain" onChange={setFile} />
        <Select
          label={say('encoding')}
          hint={say('encoding-hint')}
          value={encoding}
          onChange={(value) => setEncoding(value || 'utf-8')}
          options={(['utf-8', 'windows-1252', 'utf-16le'] as const).map((value) => ({ value, label: say(`encoding-${value}`) }))}
        />
        <details>
          <summary>{say('columns')}</summary>
          <div className="stack tight">
            <p>{say('columns-person')}</p>
            <p>{say('columns-entry')}</p>
          </div>
        </details>
        {unreadable ? <Notice tone="bad">{say(`unreadable-${unreadable.why}`, { what: unreadable.what })}</Notice> : null}
      </Section>
      {rows ? <Preview key={`${file?.name} ${file?.lastModified} ${encoding}`} rows={rows} /> : null}
    </Page>
  );
};

const Preview = ({ rows }: { readonly rows: readonly ImportRow[] }) => {
  const say = useImportTexts();
  const good = rows.filter(({ entry }) => entry !== null);
  const bad = rows.length - good.length;
  const [onlyBad, setOnlyBad] = useState(bad > 0);
  const [shown, setShown] = useState(SHOWN);
  const { sent, isSending, fault, start, stop } = useSending(good);
  const listed = rows.filter(({ entry, line }) => !onlyBad || entry === null || typeof sent.get(line) === 'object');
  const refused = [...sent.values()].filter((one) => typeof one === 'object').length;
  const known = [...sent.values()].filter((one) => one === 'known').length;
  return (
    <>
      <Section title={say('preview')}>
        <p role="status">
          {say('good', { count: good.length })} {bad > 0 ? say('bad', { count: bad }) : say('none-bad')}
        </p>
        {bad > 0 ? <Check label={say('only-bad')} isChecked={onlyBad} onChange={setOnlyBad} /> : null}
        {listed.length > 0 ? (
          <Scrollable label={say('table')}>
            <table>
              <thead>
                <tr>
                  <th scope="col" className="number">
                    {say('line')}
                  </th>
                  <th scope="col">{say('name')}</th>
                  <th scope="col">{say('brings')}</th>
                  <th scope="col">{say('state')}</th>
                </tr>
              </thead>
              <tbody>
                {listed.slice(0, shown).map((row) => (
                  <tr key={row.line}>
                    <td className="number">{row.line}</td>
                    <th scope="row">{row.name}</th>
                    <td>{row.entry ? say('sides', { offers: row.entry.offers.length, requests: row.entry.requests.length }) : ''}</td>
                    <td>
                      <RowState row={row} sent={sent.get(row.line)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        ) : null}
        {listed.length > shown ? (
          <p>
            <Button onClick={() => setShown(shown + SHOWN)}>{say('more')}</Button>
          </p>
        ) : null}
      </Section>
      <Section title={say('send-title')}>
        <p className="soft">{say('send-text')}</p>
        <Fault fault={fault} />
        {sent.size > 0 ? (
          <>
            <progress className="progress" max={good.length} value={sent.size} aria-label={say('progress')} />
            <p role="status">
              {say('so-far', { done: sent.size, all: good.length })} {known > 0 ? say('known-count', { count: known }) : ''}{' '}
              {refused > 0 ? say('refused-count', { count: refused }) : ''}
            </p>
            {sent.size === good.length && !isSending ? <Notice>{say('finished')}</Notice> : null}
          </>
        ) : null}
        <div className="row">
          {isSending ? (
            <Button onClick={stop}>{say('stop')}</Button>
          ) : sent.size < good.length ? (
            <Button look="primary" onClick={() => void start()}>
              {sent.size === 0 ? say('send', { count: good.length }) : say('go-on')}
            </Button>
          ) : null}
        </div>
      </Section>
    </>
  );
};

const RowState = ({ row, sent }: { readonly row: ImportRow; readonly sent: Sent | undefined }) => {
  const say = useImportTexts();
  if (row.wrong.length > 0)
    return (
      <ul role="list">
        {row.wrong.map(({ column, why }) => (
          <li key={`${column} ${why}`}>
            <code>{column}</code> {say(`wrong-${why}`)}
          </li>
        ))}
      </ul>
    );
  if (sent === undefined) return <Tag>{say('ready')}</Tag>;
  if (typeof sent === 'object')
    return (
      <>
        <Tag tone="bad">{say('refused')}</Tag> {sent.refused}
      </>
    );
  return <Tag tone="accent">{say(sent)}</Tag>;
};

const refusalOf = ({ body: { title, detail, errors = [] } }: Problem): string =>
  errors.length > 0 ? list(errors.map(({ field, message }) => `${columnOf(field)} ${message}`)) : [title, detail].filter(Boolean).join(' ');

/** Sends rows one after the other, each under the key of its words; it can be stopped, and goes on where it was. */
const useSending = (rows: readonly ImportRow[]) => {
  const { networkId } = useNetwork();
  const cache = useQueryClient();
  const [sent, setSent] = useState<ReadonlyMap<number, Sent>>(new Map());
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const isAsked = useRef(false);
  useEffect(() => () => void (isAsked.current = false), []);

  const give = async (entry: NonNullable<ImportRow['entry']>): Promise<Sent> => {
    const key = await keyOf(networkId, entry);
    for (let attempt = 1; ; attempt++) {
      try {
        const { data } = await api.POST('/networks/{networkId}/members/on-behalf', {
          params: { path: { networkId }, header: { 'Idempotency-Key': key } },
          body: entry,
        });
        return data?.repeated ? 'known' : 'entered';
      } catch (failure) {
        if (failure instanceof Problem && !isPassing(failure) && !isSignedOut(failure) && failure.status < 500)
          return { refused: refusalOf(failure) };
        if (isSignedOut(failure) || attempt >= PATIENCE) throw failure;
        await later(WAIT_MS * attempt);
      }
    }
  };

  const start = async (): Promise<void> => {
    isAsked.current = true;
    setSending(true);
    setFault(null);
    const done = new Map(sent);
    try {
      for (const { line, entry } of rows) {
        if (!isAsked.current) break;
        if (!entry || done.has(line)) continue;
        done.set(line, await give(entry));
        setSent(new Map(done));
      }
      await cache.invalidateQueries();
    } catch (failure) {
      // nothing is read anew: whoever is no longer signed in would find another page here, without the file
      setFault(failure);
    } finally {
      setSending(false);
    }
  };
  return { sent, isSending, fault, start, stop: () => void (isAsked.current = false) };
};
