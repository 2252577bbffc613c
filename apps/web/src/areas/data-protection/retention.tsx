import { useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Dialog, Notice, Page, Section, Waiting } from '../../design/parts';
import { day } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { DueTable, type Preview } from './retention-due';
import { RetentionRuns } from './retention-runs';
import { StartRun } from './retention-start';
import { useRetentionTexts } from './retention-texts';

/** What is kept for too long, what ends it and when, and what was ended: looked at before it is started. */
export const Retention = () => {
  const say = useRetentionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [isAsking, setAsking] = useState(false);
  const [isStarted, setStarted] = useState(false);
  const found = usePages(['retention-preview', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/retention-runs/preview', {
      params: { path: { networkId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const preview = found.data?.pages[0];
  const mayStart = preview !== undefined && !preview.isRunning;
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      tools={mayStart ? <Button onClick={() => setAsking(true)}>{say('start')}</Button> : undefined}
    >
      {isStarted ? <Notice>{say('started')}</Notice> : null}
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {preview ? (
        <>
          <Keeping preview={preview} />
          <Section title={say('preview-title')}>
            <DueTable preview={preview} items={found.data?.pages.flatMap(({ items }) => items) ?? []} />
            <More of={found} />
          </Section>
          <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={say('start-title')}>
            <StartRun
              preview={preview}
              onDone={(isSent) => {
                setStarted(isSent);
                setAsking(false);
              }}
            />
          </Dialog>
        </>
      ) : null}
      <RetentionRuns />
    </Page>
  );
};

const Keeping = ({ preview }: { readonly preview: Preview }) => {
  const say = useRetentionTexts();
  const { exchangeTextsMonths, goneMembersMonths, nextRunAt, isRunning } = preview;
  const months = (count: number): string => (count === 0 ? say('for-good') : say('months', { count }));
  return (
    <Section title={say('policy')}>
      <ul>
        <li>{say('texts-for', { months: months(exchangeTextsMonths) })}</li>
        <li>{say('members-for', { months: months(goneMembersMonths) })}</li>
      </ul>
      <Notice>{isRunning ? say('running') : nextRunAt ? say('next-run', { day: day(nextRunAt) }) : say('no-clock')}</Notice>
    </Section>
  );
};
