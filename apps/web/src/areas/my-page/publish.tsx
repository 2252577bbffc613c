import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { EntryForm, emptyEntry, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { Fault } from '../../content/fault';
import { Button, Form, Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const usePublishTexts = defineTexts('publish', {
  fr: {
    'title-offer': 'Proposer un savoir',
    'title-request': 'Demander un savoir',
    lead: 'Quelques phrases suffisent : d’autres les verront dans l’annuaire.',
    publish: 'Publier',
    keep: 'Garder comme brouillon',
    'keep-hint': 'Un brouillon n’est vu que de vous : il vous attend sur votre page, sur chacun de vos appareils.',
  },
  en: {
    'title-offer': 'Offer what you know',
    'title-request': 'Ask for what you lack',
    lead: 'A few sentences will do: others will see them in the directory.',
    publish: 'Publish',
    keep: 'Keep as a draft',
    'keep-hint': 'A draft is seen by you alone: it waits on your page, on each of your devices.',
  },
});

/** One more offer or request. */
export const Publish = () => {
  const say = usePublishTexts();
  const { networkId } = useNetwork();
  const { kind } = useParams({ from: '/n/$networkId/publish/$kind' });
  const isOffer = kind === 'offer';
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft(
    `${networkId}/publish/${kind}`,
    useMemo(() => emptyEntry(languageNow()), []),
  );
  const command = useCommand(`${networkId}/publish/${kind}`, (of: EntryDraft, key) => {
    const params = { path: { networkId }, header: { 'Idempotency-Key': key } };
    return isOffer
      ? api.POST('/networks/{networkId}/offers', { params, body: { content: offerContent(of) } })
      : api.POST('/networks/{networkId}/requests', { params, body: { content: requestContent(of) } });
  });
  const keep = useCommand(`${networkId}/draft/${kind}`, (of: EntryDraft, key) => {
    const params = { path: { networkId }, header: { 'Idempotency-Key': key } };
    return isOffer
      ? api.POST('/networks/{networkId}/offers/drafts', { params, body: { content: offerContent(of) } })
      : api.POST('/networks/{networkId}/requests/drafts', { params, body: { content: requestContent(of) } });
  });
  const send = async (by: typeof command): Promise<void> => {
    for (const one of [command, keep]) one.forget();
    if (!(await by.send(draft))) return;
    clear();
    await navigate({ to: '/n/$networkId', params: { networkId } });
  };
  const fault = command.fault ?? keep.fault;
  return (
    <Page title={say(isOffer ? 'title-offer' : 'title-request')} lead={say('lead')}>
      <Form onSend={() => void send(command)}>
        <EntryForm kind={isOffer ? 'offer' : 'request'} draft={draft} onChange={change} fault={fault} at="content." />
        <Fault fault={fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={command.isSending}>
            {say('publish')}
          </Button>
          <Button isBusy={keep.isSending} onClick={() => void send(keep)}>
            {say('keep')}
          </Button>
        </div>
        <p className="small soft">{say('keep-hint')}</p>
      </Form>
    </Page>
  );
};
