import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { useRequired } from '../../content/required';
import { useWords } from '../../content/words';
import { Choices, TextArea } from '../../design/fields';
import { Button, Dialog, Form, Notice } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import type { DirectoryEntry } from './entry-card';

const useContestTexts = defineTexts('contest', {
  fr: {
    title: 'Contester : {{topic}}',
    text: 'Rien n’est approuvé d’avance ici ; c’est pourquoi on peut contester après coup (R14). Un animateur lit, et décide si l’entrée reste ou se retire.',
    kind: 'Pourquoi',
    'kind-not-professional': 'Ce n’est pas un savoir professionnel',
    'kind-a-service': 'C’est un service, pas un savoir',
    'kind-misleading': 'C’est trompeur',
    'kind-confidential': 'C’est confidentiel',
    words: 'En quelques mots',
    send: 'Contester',
    sent: 'C’est noté. Un animateur l’examine.',
  },
  en: {
    title: 'Contest: {{topic}}',
    text: 'Nothing is approved beforehand here; that is why one can contest afterwards (R14). A facilitator reads it, and decides whether the entry stays.',
    kind: 'Why',
    'kind-not-professional': 'It is not professional knowledge',
    'kind-a-service': 'It is a service, not knowledge',
    'kind-misleading': 'It is misleading',
    'kind-confidential': 'It is confidential',
    words: 'In a few words',
    send: 'Contest it',
    sent: 'It is recorded. A facilitator looks into it.',
  },
});

const KINDS = ['not-professional', 'a-service', 'misleading', 'confidential'] as const;
type Kind = (typeof KINDS)[number];

/** Any enrolled member may contest what somebody else published (R14). */
export const ContestDialog = ({ entry, onClose }: { readonly entry: DirectoryEntry | null; readonly onClose: () => void }) => {
  const say = useContestTexts();
  const topic = entry?.topic.label?.label ?? entry?.topic.text ?? '';
  return (
    <Dialog isOpen={entry !== null} onClose={onClose} title={say('title', { topic })}>
      {entry ? <Contest entry={entry} onClose={onClose} /> : null}
    </Dialog>
  );
};

interface ContestDraft {
  readonly kind: Kind | '';
  readonly text: string;
}

const Contest = ({ entry: { id, kind: of }, onClose }: { readonly entry: DirectoryEntry; readonly onClose: () => void }) => {
  const say = useContestTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/contest/${id}`;
  const [draft, change, clear] = useDraft<ContestDraft>(
    name,
    useMemo(() => ({ kind: '', text: '' }), []),
  );
  const [isSent, setSent] = useState(false);
  const contest = useCommand(name, async (body: { kind: Kind; text: string }, key) => {
    const header = { 'Idempotency-Key': key };
    return of === 'offer'
      ? api.POST('/networks/{networkId}/offers/{offerId}/contest', { params: { path: { networkId, offerId: id }, header }, body })
      : api.POST('/networks/{networkId}/requests/{requestId}/contest', { params: { path: { networkId, requestId: id }, header }, body });
  });
  const { missing, isWhole } = useRequired({ kind: draft.kind !== '', text: draft.text.trim() !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    if (!(await contest.send({ kind: draft.kind as Kind, text: draft.text.trim() }))) return;
    clear();
    setSent(true);
  };
  if (isSent)
    return (
      <>
        <Notice>{say('sent')}</Notice>
        <div className="row">
          <Button onClick={onClose}>{words('close')}</Button>
        </div>
      </>
    );
  return (
    <Form onSend={() => void send()}>
      <p>{say('text')}</p>
      <Choices
        label={say('kind')}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        options={KINDS.map((value) => ({ value, label: say(`kind-${value}`) }))}
        error={errorOf(contest.fault, 'kind') ?? missing('kind')}
      />
      <TextArea
        label={say('words')}
        maxLength={4000}
        value={draft.text}
        onChange={(text) => change({ text })}
        error={errorOf(contest.fault, 'text') ?? missing('text')}
      />
      <Fault fault={contest.fault} />
      <div className="row">
        <Button type="submit" look="bad" isBusy={contest.isSending}>
          {say('send')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};
