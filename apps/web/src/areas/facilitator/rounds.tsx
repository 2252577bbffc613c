import { More } from '../../content/more';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { usePages } from '../../api/pages';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Dialog, Empty, Notice, Page, Scrollable, Section, Waiting } from '../../design/parts';
import { dayAndTime, number } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { RoundsUnderWay } from './round-runs';
import { FoundMatches, joins, LeftAlone, useOutcomes, type Found, type Opened } from './round-view';
import { useRoundTexts } from './round-texts';

type Tried = Pick<Opened, 'matches' | 'unmatched'>;

const PAGE_SIZE = 20;
const COMPARED_PAGES = 20;
const FIRST = { seed: '1' };

/** Try a round, see what it would change, run it; and all that were run. */
export const Rounds = () => {
  const say = useRoundTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const navigate = useNavigate();
  const isFacilitator = useRoles().has('facilitator');
  const [{ seed }, change] = useDraft(`${networkId}/round`, FIRST);
  const [tried, setTried] = useState<Tried | null>(null);
  const [isAsking, setAsking] = useState(false);
  const rounds = usePages(['rounds', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/rounds', {
      params: { path: { networkId }, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const listed = rounds.data?.pages.flatMap((page) => page.rounds) ?? [];
  const run = useCommand(`${networkId}/round`, async (body: { readonly dryRun: boolean; readonly seed: number }, key) => {
    const { data } = await api.POST('/networks/{networkId}/rounds', {
      params: { path: { networkId }, header: { 'Idempotency-Key': key } },
      body,
    });
    return data!;
  });
  const give = async (dryRun: boolean): Promise<void> => {
    const answer = await run.send({ dryRun, seed: Number(seed) });
    if (!answer) return;
    if ('dryRun' in answer) setTried(answer.dryRun as Tried);
    else
      await navigate({
        to: '/n/$networkId/facilitation/rounds/$roundId',
        params: { networkId, roundId: String((answer as Record<string, unknown>)['roundId']) },
      });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <p>
        <Link to="/n/$networkId/facilitation/rounds/scarcity" params={{ networkId }}>
          {say('lacking')}
        </Link>
      </p>
      {isFacilitator ? (
        <Section title={say('prepare')}>
          <TextField
            label={say('seed')}
            hint={say('seed-hint')}
            type="number"
            inputMode="numeric"
            min={0}
            value={seed}
            onChange={(value) => change({ seed: value })}
            error={errorOf(run.fault, 'seed')}
          />
          <Fault fault={run.fault} />
          <div className="row">
            <Button look="primary" isBusy={run.isSending} onClick={() => void give(true)}>
              {say('try')}
            </Button>
            <Button isBusy={run.isSending} onClick={() => setAsking(true)}>
              {say('run')}
            </Button>
          </div>
        </Section>
      ) : null}
      <div aria-live="polite" className="stack">
        {run.isSending ? <Waiting label={words('waiting')} /> : null}
        {tried && !run.isSending ? <TriedRound tried={tried} lastRoundId={listed[0]?.roundId ?? null} /> : null}
      </div>
      <RoundsUnderWay />
      <Section title={say('past')}>
        {rounds.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={rounds.error} onRetry={() => void rounds.refetch()} />
        {rounds.data && listed.length === 0 ? (
          <Empty title={say('past-empty')}>
            <p>{say('past-empty-text')}</p>
          </Empty>
        ) : null}
        {listed.length > 0 ? (
          <Scrollable label={say('table')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('when')}</th>
                  <th scope="col">{say('considered')}</th>
                  <th scope="col" className="number">
                    {say('matched')}
                  </th>
                  <th scope="col" className="number">
                    {say('unmatched')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {listed.map((round) => (
                  <tr key={round.roundId}>
                    <th scope="row">
                      <Link to="/n/$networkId/facilitation/rounds/$roundId" params={{ networkId, roundId: round.roundId }}>
                        {dayAndTime(round.startedAt)}
                      </Link>
                    </th>
                    <td>{round.considered ? say('considered-count', { ...round.considered }) : say('running')}</td>
                    <td className="number">{round.matched === null ? '' : number(round.matched)}</td>
                    <td className="number">{round.unmatched === null ? '' : number(round.unmatched)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        ) : null}
        <More of={rounds} />
      </Section>
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={say('run-title')}>
        <p>{say('run-text')}</p>
        <div className="row">
          <Button
            look="primary"
            isBusy={run.isSending}
            onClick={() => {
              setAsking(false);
              void give(false);
            }}
          >
            {say('run')}
          </Button>
          <Button look="plain" onClick={() => setAsking(false)}>
            {words('cancel')}
          </Button>
        </div>
      </Dialog>
    </Page>
  );
};

/** All that the last round found: what a try is compared with. */
const useFoundLast = (roundId: string | null) => {
  const { networkId } = useNetwork();
  return useQuery({
    queryKey: ['last-round', networkId, roundId],
    enabled: roundId !== null,
    queryFn: async ({ signal }) => {
      const found: Found[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < COMPARED_PAGES; page++) {
        const { data }: { data?: Opened } = await api.GET('/networks/{networkId}/rounds/{roundId}', {
          params: { path: { networkId, roundId: roundId! }, query: { limit: 200, ...(cursor ? { cursor } : {}) } },
          signal,
        });
        found.push(...data!.matches);
        cursor = data!.next;
        if (cursor === null || data!.matches.length === 0) break;
      }
      return found;
    },
  });
};

const TriedRound = ({ tried, lastRoundId }: { readonly tried: Tried; readonly lastRoundId: string | null }) => {
  const say = useRoundTexts();
  const last = useFoundLast(lastRoundId);
  const outcomes = useOutcomes();
  const known = last.data ? new Set(last.data.map(joins)) : null;
  const now = new Set(tried.matches.map(joins));
  const same = tried.matches.filter((match) => known?.has(joins(match))).length;
  const gone = (last.data ?? []).filter((match) => !now.has(joins(match)));
  return (
    <>
      <Section title={say('tried')}>
        <Notice>{say('tried-text')}</Notice>
        <h3>{say('difference')}</h3>
        {lastRoundId === null ? <p>{say('no-difference')}</p> : null}
        <Fault fault={last.error} />
        {known ? (
          <ul>
            <li>{say('difference-new', { count: tried.matches.length - same })}</li>
            <li>{say('difference-same', { count: same })}</li>
            {gone.length > 0 ? <li>{say('difference-gone', { count: gone.length, became: outcomes(gone) })}</li> : null}
          </ul>
        ) : null}
        <FoundMatches matches={tried.matches} known={known} />
      </Section>
      <LeftAlone unmatched={tried.unmatched} />
    </>
  );
};
