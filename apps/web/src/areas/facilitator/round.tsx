import { More } from '../../content/more';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Notice, Page, Section, Waiting } from '../../design/parts';
import { dayAndTime } from '../../i18n/format';
import { useNetwork } from '../../session/session';
import { RoundExplanation } from './explaining/explanation';
import { useExplanation } from './explaining/use-explanation';
import { ReplayedRound } from './round-runs';
import { FoundMatches, LeftAlone, type Found } from './round-view';
import { useRoundTexts } from './round-texts';

const PAGE_SIZE = 100;
const LOOK_AGAIN_MS = 1_500;

/** One round that was run: what it found, what became of it, and what it left. */
export const Round = () => {
  const say = useRoundTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { roundId } = useParams({ from: '/n/$networkId/facilitation/rounds/$roundId' });
  const found = usePages(['round', networkId, roundId], (cursor, signal) =>
    api.GET('/networks/{networkId}/rounds/{roundId}', {
      params: { path: { networkId, roundId }, query: { limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const [isWanted, want] = useState(false);
  const asked = useExplanation(roundId, isWanted);
  const first = found.data?.pages[0];
  const isMoving = first !== undefined && (first.round.status === 'started' || Boolean(first.became['found'] ?? first.became['proposed']));
  const { refetch } = found;
  useEffect(() => {
    if (!isMoving) return undefined;
    const again = setInterval(() => void refetch(), LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [isMoving, refetch]);
  if (!first)
    return (
      <Page title={say('title')}>
        {found.error ? <Fault fault={found.error} onRetry={() => void refetch()} /> : <Waiting label={words('waiting')} />}
      </Page>
    );
  const { round, became } = first;
  const pages = found.data?.pages ?? [];
  return (
    <Page
      title={say('round-title', { day: dayAndTime(round.startedAt) })}
      lead={say('inputs', { seed: round.seed, policy: round.policyVersion, solver: round.solverVersion })}
    >
      <p>
        <Link to="/n/$networkId/facilitation/rounds" params={{ networkId }}>
          {say('back')}
        </Link>
      </p>
      {round.status === 'started' ? <Notice>{say('running')}</Notice> : null}
      {round.status === 'started' ? null : (
        <RoundExplanation asked={asked} isWanted={isWanted} onWant={() => want(true)} roundId={roundId} />
      )}
      <Section title={say('matched')}>
        {Object.keys(became).length > 0 ? (
          <p role="status">
            {say('outcomes')}
            {' · '}
            {Object.entries(became)
              .map(([how, count]) => say('count-became', { count, became: say(`became-${how as Found['became']}`) }))
              .join(', ')}
          </p>
        ) : null}
        {round.status === 'started' ? null : <FoundMatches matches={pages.flatMap((page) => page.matches)} explanation={asked.data} />}
      </Section>
      {!found.hasNextPage || pages.some((page) => page.unmatched.length > 0) ? (
        <LeftAlone unmatched={pages.flatMap((page) => page.unmatched)} explanation={asked.data} />
      ) : null}
      <More of={found} />
      {round.status === 'started' ? null : <ReplayedRound key={roundId} roundId={roundId} />}
    </Page>
  );
};
