import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { TextArea } from '../../design/fields';
import { Button, Notice, Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { Choosing, type Chosen } from './choosing';

const useProposeTexts = defineTexts('propose', {
  fr: {
    title: 'Proposer un appariement à la main',
    lead: 'Quand vous savez ce qu’un tour ne peut pas savoir. Chaque personne répond ensuite pour elle-même (R6).',
    reason: 'Pourquoi ces personnes',
    'reason-same': 'Facultatif : quelques mots pour les personnes concernées.',
    'reason-differs': 'Les thèmes ne sont pas les mêmes : dites pourquoi cela convient quand même (R7).',
    'needs-reason': 'Dites pourquoi (R7).',
    'needs-both': 'Choisissez au moins une offre et une demande.',
    send: 'Proposer l’appariement',
    sent: 'C’est proposé.',
    'sent-text': 'Dès que la place de chaque personne est gardée, l’appariement s’ouvre et chacune le trouve sur sa page.',
    see: 'Voir l’appariement',
  },
  en: {
    title: 'Propose a match by hand',
    lead: 'Where you know what a round cannot know. Each person then answers for themselves (R6).',
    reason: 'Why these people',
    'reason-same': 'Optional: a few words for the people concerned.',
    'reason-differs': 'The topics are not the same: say why it suits all the same (R7).',
    'needs-reason': 'Say why (R7).',
    'needs-both': 'Choose at least one offer and one request.',
    send: 'Propose the match',
    sent: 'It is proposed.',
    'sent-text': 'Once each person’s place is kept, the match opens and everybody finds it on their page.',
    see: 'See the match',
  },
});

interface ProposalDraft {
  readonly offers: readonly Chosen[];
  readonly requests: readonly Chosen[];
  readonly reason: string;
}

const EMPTY: ProposalDraft = { offers: [], requests: [], reason: '' };

const isOneTopic = ({ offers, requests }: ProposalDraft): boolean => {
  const uris = new Set([...offers, ...requests].map(({ topicUri }) => topicUri));
  return uris.size === 1 && !uris.has(null);
};

/** An offer and requests, chosen by a person; why, where the topics differ (R7). */
export const Propose = () => {
  const say = useProposeTexts();
  const { networkId } = useNetwork();
  const { text = '' } = useSearch({ from: '/n/$networkId/facilitation/propose' });
  const name = `${networkId}/propose`;
  const [draft, change, clear] = useDraft(name, EMPTY);
  const [isTried, setTried] = useState(false);
  const [matchId, setMatchId] = useState<string | null>(null);
  const command = useCommand(
    name,
    async (body: { readonly offerIds: string[]; readonly requestIds: string[]; readonly reason?: string }, key) =>
      (
        await api.POST('/networks/{networkId}/matches', {
          params: { path: { networkId }, header: { 'Idempotency-Key': key } },
          body,
        })
      ).data,
  );
  const isComplete = draft.offers.length > 0 && draft.requests.length > 0;
  const differs = isComplete && !isOneTopic(draft);
  const reason = draft.reason.trim();
  const send = async (): Promise<void> => {
    setTried(true);
    if (!isComplete || (differs && reason === '')) return;
    const ids = (of: readonly Chosen[]): string[] => of.map(({ id }) => id);
    const done = await command.send({
      offerIds: ids(draft.offers),
      requestIds: ids(draft.requests),
      ...(reason === '' ? {} : { reason }),
    });
    if (!done) return;
    clear();
    setTried(false);
    setMatchId(done['matchId'] ?? '');
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      {matchId === null ? null : (
        <Notice>
          <p>
            <strong>{say('sent')}</strong> {say('sent-text')}
          </p>
          {matchId ? (
            <p>
              <Link to="/n/$networkId/mediation/$matchId" params={{ networkId, matchId }}>
                {say('see')}
              </Link>
            </p>
          ) : null}
        </Notice>
      )}
      <div className="columns">
        <Choosing kind="offer" first={text} chosen={draft.offers} onChange={(offers) => change({ offers })} />
        <Choosing kind="request" first={text} chosen={draft.requests} onChange={(requests) => change({ requests })} />
      </div>
      <TextArea
        label={say('reason')}
        hint={say(differs ? 'reason-differs' : 'reason-same')}
        value={draft.reason}
        maxLength={4000}
        onChange={(value) => change({ reason: value })}
        error={errorOf(command.fault, 'reason') ?? (isTried && differs && reason === '' ? say('needs-reason') : undefined)}
      />
      {isTried && !isComplete ? <Notice tone="warn">{say('needs-both')}</Notice> : null}
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say('send')}
        </Button>
      </div>
    </Page>
  );
};
