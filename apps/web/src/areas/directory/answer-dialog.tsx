import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { EntryForm, emptyEntry, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { Fault } from '../../content/fault';
import type { OwnEntry } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Dialog, Form, Notice, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import type { DirectoryEntry } from './entry-card';

const useAnswerTexts = defineTexts('answer', {
  fr: {
    'ask-title': 'Demander : {{topic}}',
    'answer-title': 'Proposer : {{topic}}',
    'ask-with': 'Avec laquelle de vos demandes ?',
    'answer-with': 'Avec laquelle de vos offres ?',
    'ask-new': 'Une nouvelle demande',
    'answer-new': 'Une nouvelle offre',
    'ask-explains': 'Votre demande est publiée avec vos mots, et vous avez déjà dit oui. L’autre personne a un délai pour répondre.',
    'answer-explains': 'Votre offre est publiée avec vos mots, et vous avez déjà dit oui. L’autre personne a un délai pour répondre.',
    ask: 'Envoyer ma demande',
    answer: 'Envoyer ma proposition',
    sent: 'C’est envoyé.',
    'sent-text': 'L’autre personne le trouve sur sa page. Vous verrez sa réponse sur la vôtre.',
    see: 'Voir l’appariement',
  },
  en: {
    'ask-title': 'Ask for: {{topic}}',
    'answer-title': 'Offer to teach: {{topic}}',
    'ask-with': 'With which of your requests?',
    'answer-with': 'With which of your offers?',
    'ask-new': 'A new request',
    'answer-new': 'A new offer',
    'ask-explains': 'Your request is published in your words, and you have said yes already. The other person has a window to answer.',
    'answer-explains': 'Your offer is published in your words, and you have said yes already. The other person has a window to answer.',
    ask: 'Send my request',
    answer: 'Send my offer',
    sent: 'It is sent.',
    'sent-text': 'The other person finds it on their page. You will see the answer on yours.',
    see: 'See the match',
  },
});

const NEW = 'new';

/** What the other's entry says already need not be filled in again: topic, level, language and place are theirs, the words one's own. */
const suggested = (entry: DirectoryEntry): EntryDraft => ({
  ...emptyEntry(entry.language),
  ...{ topic: { text: entry.topic.label?.label ?? entry.topic.text ?? '', uri: entry.topic.uri } },
  ...{ level: entry.level, place: entry.place, site: entry.site ?? '' },
});

/** One's own open entries of the other kind, on this very topic: what the decider takes (R7). */
const useOwnEntries = (wanted: 'offer' | 'request', topicUri: string | null) => {
  const { networkId } = useNetwork();
  const path = { networkId };
  // as they are now: what was read a moment ago may lack the entry of a moment ago
  const { data, isFetchedAfterMount, error } = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path, query: { limit: 200 } } },
    { refetchOnMount: 'always' },
  );
  const own = (data?.entries ?? []).filter(
    ({ kind, status, content }) =>
      kind === wanted && (status === 'published' || status === 'review-due') && topicUri !== null && content.topic.uri === topicUri,
  );
  return { isKnown: isFetchedAfterMount || error !== null, own };
};

const Answer = ({ entry }: { readonly entry: DirectoryEntry }) => {
  const words = useWords();
  const { isKnown, own } = useOwnEntries(entry.kind === 'offer' ? 'request' : 'offer', entry.topic.uri);
  return isKnown ? <AnswerForm entry={entry} own={own} /> : <Waiting label={words('waiting')} />;
};

/** Begins with one's own entry where there is one; what is read anew meanwhile takes no field away. */
const AnswerForm = ({ entry, own }: { readonly entry: DirectoryEntry; readonly own: readonly OwnEntry[] }) => {
  const say = useAnswerTexts();
  const { networkId } = useNetwork();
  const verb = entry.kind === 'offer' ? 'ask' : 'answer';
  const name = `${networkId}/${verb}/${entry.id}`;
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => suggested(entry), [entry]),
  );
  const [kept, choose, forgetChoice] = useDraft(
    `${name}/with`,
    useMemo(() => ({ chosen: own[0]?.id ?? NEW }), []),
  );
  const chosen = own.some(({ id }) => id === kept.chosen) ? kept.chosen : NEW;
  const [matchId, setMatchId] = useState<string | null>(null);
  const ask = async (body: { requestId: string } | { content: ReturnType<typeof requestContent> }, key: string) =>
    (
      await api.POST('/networks/{networkId}/offers/{offerId}/ask', {
        params: { path: { networkId, offerId: entry.id }, header: { 'Idempotency-Key': key } },
        body,
      })
    ).data;
  const answer = async (body: { offerId: string } | { content: ReturnType<typeof offerContent> }, key: string) =>
    (
      await api.POST('/networks/{networkId}/requests/{requestId}/answer', {
        params: { path: { networkId, requestId: entry.id }, header: { 'Idempotency-Key': key } },
        body,
      })
    ).data;
  const command = useCommand(name, (of: { readonly chosen: string; readonly draft: EntryDraft | null }, key) =>
    verb === 'ask'
      ? ask(of.draft ? { content: requestContent(of.draft) } : { requestId: of.chosen }, key)
      : answer(of.draft ? { content: offerContent(of.draft) } : { offerId: of.chosen }, key),
  );
  const send = async (): Promise<void> => {
    const done = await command.send({ chosen, draft: chosen === NEW ? draft : null });
    if (!done) return;
    clear();
    forgetChoice();
    setMatchId(done['matchId'] ?? '');
  };
  if (matchId !== null)
    return (
      <Notice>
        <p>
          <strong>{say('sent')}</strong> {say('sent-text')}
        </p>
        <p>
          <Link to="/n/$networkId/matches/$matchId" params={{ networkId, matchId }} className="button">
            {say('see')}
          </Link>
        </p>
      </Notice>
    );
  return (
    <Form onSend={() => void send()}>
      {own.length > 0 ? (
        <fieldset className="field">
          <legend>{say(`${verb}-with`)}</legend>
          {[...own.map(({ id, content }) => ({ id, label: content.wording ?? '' })), { id: NEW, label: say(`${verb}-new`) }].map(
            ({ id, label }) => (
              <label key={id} className="choice">
                <input type="radio" name="own" checked={chosen === id} onChange={() => choose({ chosen: id })} />
                {label}
              </label>
            ),
          )}
        </fieldset>
      ) : null}
      {chosen === NEW ? (
        <EntryForm kind={verb === 'ask' ? 'request' : 'offer'} draft={draft} onChange={change} fault={command.fault} at="content." />
      ) : null}
      <p className="soft">{say(`${verb}-explains`)}</p>
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say(verb)}
        </Button>
      </div>
    </Form>
  );
};

/** Asks for an offer, or answers a request: in two clicks where one's own entry is there, else with a short form. */
export const AnswerDialog = ({ entry, onClose }: { readonly entry: DirectoryEntry | null; readonly onClose: () => void }) => {
  const say = useAnswerTexts();
  const words = useWords();
  const topic = entry?.topic.label?.label ?? entry?.topic.text ?? '';
  return (
    <Dialog isOpen={entry !== null} onClose={onClose} title={say(entry?.kind === 'request' ? 'answer-title' : 'ask-title', { topic })}>
      {entry ? <Answer entry={entry} /> : null}
      <div className="row">
        <Button look="plain" onClick={onClose}>
          {words('close')}
        </Button>
      </div>
    </Dialog>
  );
};
