import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import { PersonPicker, type Picked } from '../../content/person-picker';
import { useWords } from '../../content/words';
import { Button, Card, Dialog, Empty, Notice, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';

const useMediatorTexts = defineTexts('mediators', {
  fr: {
    title: 'Médiateurs',
    lead: 'Les membres qui réunissent les autres. Une personne médiatrice ne l’est jamais d’un échange auquel elle prend part (R9).',
    listed: 'Nommés',
    empty: 'Personne encore',
    'empty-text':
      'Sans médiation, un appariement entre deux personnes qui ne se sont jamais rencontrées n’avance pas. Nommez un membre ou deux par site.',
    name: 'Nommer un membre',
    who: 'Membre à nommer',
    'needs-person': 'Choisissez un membre.',
    already: '{{name}} l’est déjà.',
    send: 'Nommer',
    'is-named': '{{name}} a désormais le bureau de médiation, à sa prochaine page.',
    remove: 'Retirer',
    'remove-who': 'Retirer {{name}}',
    'remove-title': 'Retirer {{name}} de la médiation ?',
    'remove-text':
      'Ce qu’elle ou il a déjà prévu reste prévu. N’importe quelle autre personne médiatrice peut le reprendre (R9) ; s’il n’en reste aucune, rien n’avance.',
  },
  en: {
    title: 'Mediators',
    lead: 'Members who bring others together. Nobody mediates an exchange that they take part in (R9).',
    listed: 'Named',
    empty: 'Nobody yet',
    'empty-text': 'Without a mediator, a match between two people who never met does not go on. Name a member or two a site.',
    name: 'Name a member',
    who: 'Member to name',
    'needs-person': 'Choose a member.',
    already: '{{name}} is one already.',
    send: 'Name them',
    'is-named': '{{name}} has the mediator’s desk from their next page on.',
    remove: 'Remove',
    'remove-who': 'Remove {{name}}',
    'remove-title': 'Remove {{name}} from mediation?',
    'remove-text': 'What they have planned stays planned. Any other mediator may take it over (R9); where none is left, nothing goes on.',
  },
});

/** Who brings people together: listed, named, removed. */
export const Mediators = () => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = queries.useQuery('get', '/networks/{networkId}/mediators', { params: { path: { networkId } } });
  const mediators = (found.data?.mediators ?? []).map(({ memberId, name }) => ({ memberId, name: name ?? words('erased') }));
  const [removing, setRemoving] = useState<Picked | null>(null);
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Section title={say('listed')}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {found.data && mediators.length === 0 ? (
          <Empty title={say('empty')}>
            <p>{say('empty-text')}</p>
          </Empty>
        ) : null}
        <ul role="list" className="columns">
          {mediators.map((mediator) => (
            <li key={mediator.memberId}>
              <Card>
                <div className="row apart">
                  <strong>{mediator.name}</strong>
                  <Button aria-label={say('remove-who', { name: mediator.name })} onClick={() => setRemoving(mediator)}>
                    {say('remove')}
                  </Button>
                </div>
              </Card>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={say('name')}>
        <NameOne named={mediators.map(({ memberId }) => memberId)} />
      </Section>
      <Dialog isOpen={removing !== null} onClose={() => setRemoving(null)} title={say('remove-title', { name: removing?.name ?? '' })}>
        {removing ? <Removing mediator={removing} onDone={() => setRemoving(null)} /> : null}
      </Dialog>
    </Page>
  );
};

const NOBODY: { readonly picked: Picked | null } = { picked: null };

const NameOne = ({ named }: { readonly named: readonly string[] }) => {
  const say = useMediatorTexts();
  const { networkId } = useNetwork();
  const name = `${networkId}/name-mediator`;
  const [{ picked }, change, clear] = useDraft(name, NOBODY);
  const [isTried, setTried] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const command = useCommand(name, (memberId: string, key) =>
    api.PUT('/networks/{networkId}/mediators/{memberId}', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
    }),
  );
  const isNamed = picked !== null && named.includes(picked.memberId);
  const send = async (): Promise<void> => {
    setTried(true);
    if (!picked || isNamed || !(await command.send(picked.memberId))) return;
    setDone(picked.name);
    clear();
    setTried(false);
  };
  return (
    <div className="stack">
      <PersonPicker
        key={done}
        label={say('who')}
        picked={picked}
        onPick={(one) => {
          change({ picked: one });
          setDone(null);
        }}
        error={isTried && !picked ? say('needs-person') : undefined}
      />
      {isNamed ? <Notice tone="warn">{say('already', { name: picked.name })}</Notice> : null}
      {done ? <Notice>{say('is-named', { name: done })}</Notice> : null}
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say('send')}
        </Button>
      </div>
    </div>
  );
};

const Removing = ({ mediator: { memberId }, onDone }: { readonly mediator: Picked; readonly onDone: () => void }) => {
  const say = useMediatorTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const command = useCommand(`${networkId}/remove-mediator`, (_: string, key) =>
    api.DELETE('/networks/{networkId}/mediators/{memberId}', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
    }),
  );
  const remove = async (): Promise<void> => {
    if (await command.send(memberId)) onDone();
  };
  return (
    <>
      <p>{say('remove-text')}</p>
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void remove()}>
          {say('remove')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};
