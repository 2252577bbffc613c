import { usePersonName, type Participant } from '../../../content/meeting';
import { useWords } from '../../../content/words';
import { Fault } from '../../../content/fault';
import { Button, Notice, Section, Waiting } from '../../../design/parts';
import { api } from '../../../api/client';
import { day, number } from '../../../i18n/format';
import { languageNow } from '../../../i18n/language';
import { useNetwork } from '../../../session/session';
import { CsvFile } from './csv-file';
import { useExplanationTexts } from './explanation-texts';
import type { Explanation, Proposal, Remedy, useExplanation } from './use-explanation';

interface AskedFor {
  readonly asked: ReturnType<typeof useExplanation>;
  readonly isWanted: boolean;
  readonly onWant: () => void;
  readonly roundId: string;
}

/** What each gate of a round cost, once somebody asks. */
export const RoundExplanation = ({ asked, isWanted, onWant, roundId }: AskedFor) => {
  const say = useExplanationTexts();
  const { data, error } = asked;
  return (
    <Section title={say('title')}>
      <p className="soft">{say('lead')}</p>
      {isWanted ? null : (
        <div className="row no-print">
          <Button onClick={onWant}>{say('explain')}</Button>
        </div>
      )}
      <Fault fault={error} onRetry={() => void asked.refetch()} />
      <div aria-live="polite" className="stack">
        {isWanted && !data && !error ? (
          <>
            <Notice>{say('under-way')}</Notice>
            <Waiting label={say('under-way')} lines={2} />
          </>
        ) : null}
        {data ? <Costs explanation={data} /> : null}
      </div>
      {data ? <Files roundId={roundId} /> : null}
    </Section>
  );
};

const Files = ({ roundId }: { readonly roundId: string }) => {
  const say = useExplanationTexts();
  const { networkId } = useNetwork();
  const params = { path: { networkId, roundId }, query: { format: 'csv' as const }, header: { 'Accept-Language': languageNow() } };
  const left = () => api.GET('/networks/{networkId}/rounds/{roundId}/explanation', { params, parseAs: 'text' });
  const lacking = () => api.GET('/networks/{networkId}/rounds/{roundId}/scarcity', { params, parseAs: 'text' });
  return (
    <div className="row no-print">
      <CsvFile label={say('left-csv')} name={`round-${roundId}`} read={left} />
      <CsvFile label={say('lacking-csv')} name={`scarcity-${roundId}`} read={lacking} />
    </div>
  );
};

const Costs = ({ explanation }: { readonly explanation: Explanation }) => {
  const say = useExplanationTexts();
  const { basis, served, gap, gateCosts, told } = explanation;
  const costly = gateCosts.filter(({ more }) => more > 0);
  return (
    <>
      {basis === 'recorded' || basis === 'present' ? null : <Notice tone="warn">{say(`basis-${basis}`)}</Notice>}
      <p>
        {say('served', { count: served })} {gap.served === 0 ? say('proven') : say('not-proven', { count: gap.served })}
      </p>
      {costly.length === 0 ? <p>{say('gates-none')}</p> : null}
      <ul>
        {costly.map(({ gate, more, atMost }) => {
          const sentence = say(`gate-${gate}`, { count: more });
          return <li key={gate}>{atMost > more ? say('at-most', { sentence, most: number(atMost) }) : say('exactly', { sentence })}</li>;
        })}
        {told['no-common-language'] > 0 ? <li>{say('told-language', { count: told['no-common-language'] })}</li> : null}
        {told['pair-forbidden'] > 0 ? <li>{say('told-forbidden', { count: told['pair-forbidden'] })}</li> : null}
      </ul>
    </>
  );
};

/** Why this match, beside what its learners would have had instead. */
export const WhyMatch = ({ proposal, participants }: { readonly proposal: Proposal; readonly participants: readonly Participant[] }) => {
  const say = useExplanationTexts();
  const nameOf = usePersonName(null);
  return (
    <ul role="list" className="stack tight soft small">
      {proposal.learners.map(({ requestId, decided, alternative }) => {
        const why = say(`decided-${decided}`, { name: alternative ? nameOf(alternative.giver) : '' });
        const learner = participants.find((place) => place.requestId === requestId);
        return (
          <li key={requestId}>{learner && proposal.learners.length > 1 ? say('for-learner', { learner: nameOf(learner), why }) : why}</li>
        );
      })}
    </ul>
  );
};

/** What would change it, in a sentence that was tried. */
export const WhatWouldServe = ({ remedy }: { readonly remedy: Remedy }) => {
  const say = useExplanationTexts();
  const words = useWords();
  const nameOf = usePersonName(null);
  const sentence = (): string => {
    const { kind } = remedy;
    if (kind === 'wait') return say('remedy-wait', { day: remedy.until ? day(remedy.until) : '' });
    if (kind === 'capacity' || kind === 'smaller-group') return say(`remedy-${kind}`, { name: remedy.giver ? nameOf(remedy.giver) : '' });
    if (kind !== 'more-givers') return say(`remedy-${kind}`);
    const requests = say('more-requests', { count: remedy.served ?? 0 });
    const level = remedy.level ? words(`level-${remedy.level}`) : '';
    return say('remedy-more-givers', { count: remedy.givers ?? 0, level, requests });
  };
  return <span className="soft small">{sentence()}</span>;
};
