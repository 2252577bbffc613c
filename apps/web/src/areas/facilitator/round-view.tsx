import { Link } from '@tanstack/react-router';
import type { paths } from '../../api/generated/schema';
import { Bends } from '../../content/bends';
import { topicOf, usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Card, Empty, Section, Tag } from '../../design/parts';
import { useNetwork, useRoles } from '../../session/session';
import { WhatWouldServe, WhyMatch } from './explaining/explanation';
import type { Explanation, Proposal, Remedy } from './explaining/use-explanation';
import { useRoundTexts } from './round-texts';
import { Score } from './score';

export type Opened = paths['/networks/{networkId}/rounds/{roundId}']['get']['responses'][200]['content']['application/json'];
export type Found = Opened['matches'][number];
type Left = Opened['unmatched'][number];

/** A match by what it joins: the same in whichever round. */
export const joins = ({ participants }: Pick<Found, 'participants'>): string =>
  participants
    .map(({ offerId, requestId }) => offerId ?? requestId ?? '')
    .sort()
    .join(' ');

/** `décliné : 2, confirmé : 1`: what became of some matches. */
export const useOutcomes = (): ((matches: readonly Found[]) => string) => {
  const say = useRoundTexts();
  return (matches) => {
    const counts = new Map<Found['became'], number>();
    for (const { became } of matches) counts.set(became, (counts.get(became) ?? 0) + 1);
    return [...counts].map(([became, count]) => say('count-became', { count, became: say(`became-${became}`) })).join(', ');
  };
};

interface FoundProps {
  readonly matches: readonly Found[];
  readonly known?: ReadonlySet<string> | null;
  readonly explanation?: Explanation | undefined;
}

export const FoundMatches = ({ matches, known, explanation }: FoundProps) => {
  const say = useRoundTexts();
  if (matches.length === 0)
    return (
      <Empty title={say('matches-empty')}>
        <p>{say('matches-empty-text')}</p>
      </Empty>
    );
  return (
    <ul role="list" className="columns">
      {matches.map((match) => (
        <li key={match.matchId}>
          <FoundCard match={match} isNew={known ? !known.has(joins(match)) : false} why={explanation?.proposals.get(match.matchId)} />
        </li>
      ))}
    </ul>
  );
};

interface FoundCardProps {
  readonly match: Found;
  readonly isNew: boolean;
  readonly why: Proposal | undefined;
}

const FoundCard = ({ match, isNew, why }: FoundCardProps) => {
  const say = useRoundTexts();
  const nameOf = usePersonName(null);
  const { networkId } = useNetwork();
  const roles = useRoles();
  const topic = topicOf(match);
  return (
    <Card>
      <div className="row">
        {match.became === 'found' ? null : <Tag>{say(`became-${match.became}`)}</Tag>}
        {isNew ? <Tag tone="accent">{say('new')}</Tag> : null}
        {match.ringId ? <Tag>{say('ring')}</Tag> : null}
        {match.metBefore ? <Tag>{say('met-before')}</Tag> : null}
      </div>
      <h3>
        {match.became === 'found' || !roles.has('facilitator') ? (
          topic
        ) : (
          <Link to="/n/$networkId/mediation/$matchId" params={{ networkId, matchId: match.matchId }}>
            {topic}
          </Link>
        )}
      </h3>
      <ul role="list" className="stack tight">
        {match.participants.map((person, at) => (
          <li key={person.memberId ?? at}>
            <strong>{nameOf(person)}</strong> {say(person.role)}
            {person.wording ? <span className="soft small"> · {person.wording}</span> : null}
          </li>
        ))}
      </ul>
      {match.superseded ? (
        <p className="soft">
          {say('superseded', {
            name: nameOf(match.superseded),
            reason: say(`superseded-${match.superseded.reason}` as 'superseded-left'),
          })}
        </p>
      ) : null}
      <Bends bends={match.bends} to="they" />
      {why ? <WhyMatch proposal={why} participants={match.participants} /> : null}
      <Score score={match.score} />
    </Card>
  );
};

const byReason = (left: readonly Left[]): readonly (readonly [string, readonly Left[]])[] => {
  const groups = new Map<string, Left[]>();
  for (const one of left) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
};

const WouldServe = ({ remedy }: { readonly remedy: Remedy | undefined }) =>
  remedy ? (
    <>
      <br />
      <WhatWouldServe remedy={remedy} />
    </>
  ) : null;

/** The requests that found nothing, by why, with what may help. */
interface LeftProps {
  readonly unmatched: readonly Left[];
  readonly explanation?: Explanation | undefined;
}

export const LeftAlone = ({ unmatched, explanation }: LeftProps) => {
  const say = useRoundTexts();
  const words = useWords();
  const nameOf = usePersonName(null);
  const { networkId } = useNetwork();
  const roles = useRoles();
  return (
    <Section title={say('unmatched')}>
      {unmatched.length === 0 ? <p>{say('unmatched-none')}</p> : null}
      {byReason(unmatched).map(([reason, left]) => (
        <details key={reason}>
          <summary>
            {say(`reason-${reason}` as 'reason-no-offer-on-topic')} <Tag>{left.length}</Tag>
          </summary>
          <div className="stack tight">
            <p className="soft">{say(`help-${reason}` as 'help-no-offer-on-topic')}</p>
            <ul role="list" className="stack tight">
              {left.map((one) => (
                <li key={one.requestId} className="row apart">
                  <span>
                    <strong>{one.topic?.text ?? words('erased')}</strong> · {nameOf(one)}
                    {one.wording ? <span className="soft small"> · {one.wording}</span> : null}
                    <WouldServe remedy={explanation?.remedies.get(one.requestId)} />
                  </span>
                  {roles.has('facilitator') ? (
                    <Link
                      to="/n/$networkId/facilitation/propose"
                      params={{ networkId }}
                      search={one.topic?.text ? { text: one.topic.text } : {}}
                      className="button plain"
                    >
                      {say('propose-by-hand')}
                    </Link>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        </details>
      ))}
    </Section>
  );
};
