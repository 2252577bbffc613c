import { useMemo, useState } from 'react';
import { download } from '../../content/download';
import { Id } from '../../content/id';
import { Button, Section, Switch } from '../../design/parts';
import { day } from '../../i18n/format';
import { Score } from '../facilitator/score';
import { Causes } from './causes';
import { ExportEvidence } from './export-evidence';
import { Moment } from './moment';
import { People } from './people';
import { statesOf, timelineCsv, type Replayed } from './replayed';
import { useReplayTexts } from './replay-texts';
import { Timeline } from './timeline';

interface ReplayedExchangeProps {
  readonly exchangeId: string;
  /** With which it was asked for. */
  readonly motive: string;
  readonly replayed: Replayed;
}

/** What a replay answered: as it stood at a moment, and the events up to it. */
export const ReplayedExchange = ({ exchangeId, motive, replayed }: ReplayedExchangeProps) => {
  const say = useReplayTexts();
  const { match, people, textsErasedAt, steps, causes } = replayed;
  const states = useMemo(() => statesOf(steps), [steps]);
  const [at, setAt] = useState(steps.length - 1);
  const [view, setView] = useState<'timeline' | 'tree'>('timeline');
  const shown = steps.slice(0, at + 1);
  const name = `exchange-${exchangeId}`;
  return (
    <>
      <Section
        title={say('replayed')}
        tools={
          <div className="row no-print">
            <Button onClick={() => download(`${name}.json`, 'application/json', JSON.stringify({ ...replayed, steps: shown }, null, 2))}>
              {say('json')}
            </Button>
            <Button onClick={() => download(`${name}.csv`, 'text/csv', timelineCsv(shown))}>{say('csv')}</Button>
            <Button onClick={() => print()}>{say('print')}</Button>
          </div>
        }
      >
        <p>
          <Id id={exchangeId} isWhole />
        </p>
        <p className="soft">
          {say('summary', { count: steps.length, from: day(steps[0]!.occurredAt), to: day(steps.at(-1)!.recordedAt) })}
        </p>
        {match ? (
          <dl className="facts">
            <dt>{say('match')}</dt>
            <dd>
              <Id id={match.matchId} />
            </dd>
            <dt>{say('origin')}</dt>
            <dd>{say(`origin-${match.origin.kind}`)}</dd>
          </dl>
        ) : null}
        <People people={people} textsErasedAt={textsErasedAt} />
        <Score score={match?.score ?? null} />
      </Section>
      <Moment steps={steps} states={states} at={at} onMove={setAt} />
      <Section
        title={say('events')}
        tools={
          <div className="no-print">
            <Switch
              label={say('view')}
              value={view}
              options={(['timeline', 'tree'] as const).map((value) => ({ value, label: say(value) }))}
              onChange={setView}
            />
          </div>
        }
      >
        {view === 'tree' ? <Causes steps={shown} elsewhere={causes} /> : <Timeline steps={shown} elsewhere={causes} />}
      </Section>
      <ExportEvidence exchangeId={exchangeId} motive={motive} />
    </>
  );
};
