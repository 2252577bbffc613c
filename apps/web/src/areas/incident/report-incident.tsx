import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { useRequired } from '../../content/required';
import { Choices, TextArea } from '../../design/fields';
import { Button, Card, Form, Notice, Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const useIncidentTexts = defineTexts('incident', {
  fr: {
    title: 'Signaler un incident',
    lead: 'Quelque chose s’est passé qui ne devait pas. Dites-le : c’est lu, et suivi.',
    'who-reads': 'Qui le lit',
    'who-reads-text':
      'Les animateurs du réseau, sauf celui qui y serait nommé. Ils décident d’une suite dans le délai du réseau ; au-delà, le responsable du réseau est prévenu qu’un dossier tarde, sans en lire le texte. La hiérarchie et les autres membres ne le voient pas.',
    kind: 'De quoi s’agit-il ?',
    'kind-confidentiality': 'Confidentialité : quelque chose a été dit ou montré qui ne devait pas sortir',
    'kind-behaviour': 'Comportement',
    'kind-content': 'Contenu : faux, dangereux, ou sans rapport avec le travail',
    about: 'Il concerne l’échange d’où vous venez.',
    text: 'Ce qui s’est passé',
    'text-hint': 'Quand, quoi, avec qui. N’écrivez pas ce qui est confidentiel : dites de quoi il s’agit.',
    send: 'Signaler',
    sent: 'C’est signalé. Les animateurs le trouvent dans leur liste dès maintenant.',
  },
  en: {
    title: 'Report an incident',
    lead: 'Something happened that should not have. Say so: it is read and followed up.',
    'who-reads': 'Who reads it',
    'who-reads-text':
      'The network’s facilitators, but not one who is named in it. They decide what to do within the network’s time limit; after that the network lead is told that a case is late, without reading its text. Managers and other members do not see it.',
    kind: 'What is it about?',
    'kind-confidentiality': 'Confidentiality: something was said or shown that was not to leave its place',
    'kind-behaviour': 'Behaviour',
    'kind-content': 'Content: wrong, dangerous, or nothing to do with work',
    about: 'It concerns the exchange that you come from.',
    text: 'What happened',
    'text-hint': 'When, what, with whom. Do not write what is confidential: say what it is about.',
    send: 'Report it',
    sent: 'It is reported. The facilitators find it in their list from now on.',
  },
});

const KINDS = ['confidentiality', 'behaviour', 'content'] as const;
type Kind = (typeof KINDS)[number];

interface IncidentDraft {
  readonly kind: Kind | '';
  readonly text: string;
}

/** Says that something happened, to those who may look into it. */
export const ReportIncident = () => {
  const say = useIncidentTexts();
  const { networkId } = useNetwork();
  const { exchangeId } = useSearch({ from: '/n/$networkId/incident' });
  const name = `${networkId}/incident/${exchangeId ?? ''}`;
  const [draft, change, clear] = useDraft<IncidentDraft>(
    name,
    useMemo(() => ({ kind: '', text: '' }), []),
  );
  const [isSent, setSent] = useState(false);
  const report = useCommand(name, (body: { kind: Kind; text: string; exchangeId?: string }, key) =>
    api.POST('/networks/{networkId}/incidents', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const { missing, isWhole } = useRequired({ kind: draft.kind !== '', text: draft.text.trim() !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    const body = { kind: draft.kind as Kind, text: draft.text.trim(), ...(exchangeId ? { exchangeId } : {}) };
    if (!(await report.send(body))) return;
    clear();
    setSent(true);
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      {isSent ? (
        <Notice>{say('sent')}</Notice>
      ) : (
        <Form onSend={() => void send()}>
          {exchangeId ? <p className="soft">{say('about')}</p> : null}
          <Choices
            label={say('kind')}
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            options={KINDS.map((value) => ({ value, label: say(`kind-${value}`) }))}
            error={errorOf(report.fault, 'kind') ?? missing('kind')}
          />
          <TextArea
            label={say('text')}
            hint={say('text-hint')}
            maxLength={4000}
            value={draft.text}
            onChange={(text) => change({ text })}
            error={errorOf(report.fault, 'text') ?? missing('text')}
          />
          <Fault fault={report.fault} />
          <div className="row">
            <Button type="submit" look="primary" isBusy={report.isSending}>
              {say('send')}
            </Button>
          </div>
        </Form>
      )}
      <Card tone="calm">
        <h2>{say('who-reads')}</h2>
        <p>{say('who-reads-text')}</p>
      </Card>
    </Page>
  );
};
