import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { EntryForm, draftOfEntry, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { Fault } from '../../content/fault';
import type { OwnEntry } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Form, Notice, Page, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const useReviseTexts = defineTexts('revise', {
  fr: {
    'title-offer': 'Modifier votre offre',
    'title-request': 'Modifier votre demande',
    'title-draft': 'Relire et publier',
    'draft-text': 'Quelqu’un a pu vous aider à l’écrire ; vous seul la publiez, après l’avoir relue et déclarée (R6, R14).',
    lead: 'L’annuaire montre la nouvelle version dès qu’elle est enregistrée.',
    save: 'Enregistrer',
    publish: 'Publier',
    missing: 'Cette offre ou demande n’est pas à vous, ou n’existe plus.',
  },
  en: {
    'title-offer': 'Change your offer',
    'title-request': 'Change your request',
    'title-draft': 'Read and publish',
    'draft-text': 'Somebody may have helped you to write it; you alone publish it, once you have read and declared it (R6, R14).',
    lead: 'The directory shows the new version as soon as it is saved.',
    save: 'Save',
    publish: 'Publish',
    missing: 'This offer or request is not yours, or is there no more.',
  },
});

/** An offer or a request of one's own, written anew; a draft is published from here. */
export const Revise = () => {
  const say = useReviseTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { entryId } = useParams({ from: '/n/$networkId/entries/$entryId' });
  const { data, error } = queries.useQuery('get', '/networks/{networkId}/members/me', {
    params: { path: { networkId }, query: { limit: 200 } },
  });
  const entry = data?.entries.find(({ id }) => id === entryId);
  const isDraft = entry?.status === 'draft';
  return (
    <Page
      title={say(isDraft ? 'title-draft' : entry?.kind === 'request' ? 'title-request' : 'title-offer')}
      lead={say(isDraft ? 'draft-text' : 'lead')}
    >
      <Fault fault={error} />
      {data || error ? null : <Waiting label={words('waiting')} />}
      {data && !entry ? <Notice tone="warn">{say('missing')}</Notice> : null}
      {entry ? <ReviseForm entry={entry} /> : null}
    </Page>
  );
};

const ReviseForm = ({ entry }: { readonly entry: OwnEntry }) => {
  const say = useReviseTexts();
  const { networkId } = useNetwork();
  const navigate = useNavigate();
  const { id, kind, status } = entry;
  const isDraft = status === 'draft';
  const name = `${networkId}/revise/${id}`;
  const [draft, change, clear] = useDraft(
    name,
    useMemo(() => draftOfEntry(entry), [entry]),
  );
  const command = useCommand(name, async (of: EntryDraft, key) => {
    const header = { 'Idempotency-Key': key };
    if (kind === 'offer') {
      const init = { params: { path: { networkId, offerId: id }, header }, body: { content: offerContent(of) } };
      return isDraft
        ? api.POST('/networks/{networkId}/offers/{offerId}/publication', init)
        : api.PUT('/networks/{networkId}/offers/{offerId}', init);
    }
    const init = { params: { path: { networkId, requestId: id }, header }, body: { content: requestContent(of) } };
    return isDraft
      ? api.POST('/networks/{networkId}/requests/{requestId}/publication', init)
      : api.PUT('/networks/{networkId}/requests/{requestId}', init);
  });
  const send = async (): Promise<void> => {
    if (!(await command.send(draft))) return;
    clear();
    await navigate({ to: '/n/$networkId', params: { networkId } });
  };
  return (
    <Form onSend={() => void send()}>
      <EntryForm kind={kind} draft={draft} onChange={change} fault={command.fault} at="content." />
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say(isDraft ? 'publish' : 'save')}
        </Button>
      </div>
    </Form>
  );
};
