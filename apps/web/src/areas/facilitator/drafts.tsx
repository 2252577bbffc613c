import { useMemo, useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { emptyEntry, EntryForm, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { errorOf, Fault } from '../../content/fault';
import { PersonPicker, type Picked } from '../../content/person-picker';
import { useWords } from '../../content/words';
import { Button, Form, Notice, Page, Switch } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const useDraftsTexts = defineTexts('help-to-word', {
  fr: {
    title: 'Aider à formuler',
    lead: 'Écrivez avec quelqu’un son offre ou sa demande. Rien n’est publié : le brouillon attend sur sa page, où cette personne le relit, le change si elle veut, le déclare et le publie elle-même (R6, R14).',
    person: 'Pour qui',
    'needs-person': 'Choisissez une personne.',
    kind: 'Ce que vous écrivez ensemble',
    send: 'Lui laisser ce brouillon',
    done: 'Le brouillon attend {{name}} sur sa page. Dites-lui de le relire et de le publier.',
  },
  en: {
    title: 'Help to word it',
    lead: 'Write somebody’s offer or request with them. Nothing is published: the draft waits on their page, where they read it, change it if they wish, declare it and publish it themselves (R6, R14).',
    person: 'For whom',
    'needs-person': 'Choose a person.',
    kind: 'What you write together',
    send: 'Leave them this draft',
    done: 'The draft waits for {{name}} on their page. Tell them to read and publish it.',
  },
});

interface HelpDraft {
  readonly person: Picked | null;
  readonly kind: 'offer' | 'request';
  readonly entry: EntryDraft;
}

interface Sent {
  readonly memberId: string;
  readonly kind: HelpDraft['kind'];
  readonly entry: EntryDraft;
}

/** An offer or a request written with somebody, whose it is: only they publish it. */
export const HelpToWord = () => {
  const say = useDraftsTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/help-to-word`;
  const [draft, change, clear] = useDraft<HelpDraft>(
    name,
    useMemo(() => ({ person: null, kind: 'offer', entry: emptyEntry(languageNow()) }), []),
  );
  const [isTried, setTried] = useState(false);
  const [helped, setHelped] = useState<string | null>(null);
  const command = useCommand(name, async ({ memberId, kind, entry }: Sent, key) => {
    const params = { path: { networkId }, header: { 'Idempotency-Key': key } };
    return kind === 'offer'
      ? api.POST('/networks/{networkId}/offers/drafts', { params, body: { memberId, content: offerContent(entry) } })
      : api.POST('/networks/{networkId}/requests/drafts', { params, body: { memberId, content: requestContent(entry) } });
  });
  const { person, kind, entry } = draft;
  const send = async (): Promise<void> => {
    setTried(true);
    // nobody declares for another (R14)
    if (!person || !(await command.send({ memberId: person.memberId, kind, entry: { ...entry, declaredProfessional: false } }))) return;
    clear();
    setTried(false);
    setHelped(person.name);
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Form onSend={() => void send()}>
        <PersonPicker
          label={say('person')}
          picked={person}
          onPick={(picked) => change({ person: picked })}
          error={errorOf(command.fault, 'memberId') ?? (isTried && !person ? say('needs-person') : undefined)}
        />
        <Switch
          label={say('kind')}
          value={kind}
          options={(['offer', 'request'] as const).map((value) => ({ value, label: words(value) }))}
          onChange={(chosen) => change({ kind: chosen })}
        />
        <EntryForm
          kind={kind}
          draft={entry}
          isOnBehalf
          at="content."
          fault={command.fault}
          onChange={(part) => change({ entry: { ...entry, ...part } })}
        />
        <Fault fault={command.fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={command.isSending}>
            {say('send')}
          </Button>
        </div>
        <div aria-live="polite">{helped === null ? null : <Notice>{say('done', { name: helped })}</Notice>}</div>
      </Form>
    </Page>
  );
};
