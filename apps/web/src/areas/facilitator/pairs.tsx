import { More } from '../../content/more';
import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { usePages } from '../../api/pages';
import { errorOf, Fault } from '../../content/fault';
import { usePersonName } from '../../content/meeting';
import { useWords } from '../../content/words';
import { TextArea } from '../../design/fields';
import { Button, Card, Dialog, Empty, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day, list } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { PersonPicker, type Picked } from '../../content/person-picker';

const usePairTexts = defineTexts('pairs', {
  fr: {
    title: 'Personnes à ne pas réunir',
    lead: 'Deux personnes que ni un tour ni une proposition ne réunira. Elles n’en sont pas averties. Une paire qui vous nomme ne vous est pas montrée.',
    set: 'Ne plus réunir deux personnes',
    one: 'Une personne',
    other: 'L’autre personne',
    reason: 'Pourquoi',
    'reason-hint': 'Lu par l’animation seule.',
    'needs-person': 'Choisissez une personne.',
    'needs-other': 'Choisissez une autre personne.',
    'needs-reason': 'Quelques mots sont nécessaires.',
    send: 'Ne plus les réunir',
    listed: 'En vigueur',
    empty: 'Aucune paire',
    'empty-text': 'Cela reste rare : un litige réglé, ou deux personnes qui le demandent.',
    since: 'depuis le {{day}}, par {{name}}',
    facilitators: 'l’animation',
    lift: 'Lever',
    'lift-title': 'Lever pour {{names}} ?',
    'lift-text': 'Les prochains tours pourront de nouveau réunir ces deux personnes.',
    'send-lift': 'Lever',
  },
  en: {
    title: 'Kept apart',
    lead: 'Two people whom neither a round nor a proposal brings together. They are not told. A pair that names you is not shown to you.',
    set: 'Keep two people apart',
    one: 'One person',
    other: 'The other person',
    reason: 'Why',
    'reason-hint': 'Read by facilitators alone.',
    'needs-person': 'Choose a person.',
    'needs-other': 'Choose another person.',
    'needs-reason': 'A few words are needed.',
    send: 'Keep them apart',
    listed: 'In force',
    empty: 'No pair',
    'empty-text': 'It stays rare: a dispute that was settled, or two people who ask for it.',
    since: 'since {{day}}, by {{name}}',
    facilitators: 'facilitators',
    lift: 'Lift',
    'lift-title': 'Lift it for {{names}}?',
    'lift-text': 'The next rounds may bring these two people together again.',
    'send-lift': 'Lift it',
  },
});

interface PairDraft {
  readonly one: Picked | null;
  readonly other: Picked | null;
  readonly reason: string;
}

const EMPTY: PairDraft = { one: null, other: null, reason: '' };

interface Pair {
  readonly one: string;
  readonly other: string;
  readonly names: string;
}

/** Who is kept out of whose matches: set, listed, lifted. */
export const ForbiddenPairs = () => {
  const say = usePairTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const nameOf = usePersonName(null);
  const [lifting, setLifting] = useState<Pair | null>(null);
  const found = usePages(['pairs', networkId], (cursor, signal) =>
    api.GET('/networks/{networkId}/forbidden-pairs', {
      params: { path: { networkId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const pairs = found.data?.pages.flatMap((page) => page.pairs) ?? [];
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Section title={say('listed')}>
        {found.isPending ? <Waiting label={words('waiting')} /> : null}
        <Fault fault={found.error} onRetry={() => void found.refetch()} />
        {found.data && pairs.length === 0 ? (
          <Empty title={say('empty')}>
            <p>{say('empty-text')}</p>
          </Empty>
        ) : null}
        <ul role="list" className="columns">
          {pairs.map(({ pair, by, since, reason }) => {
            const [one, other] = pair;
            const names = list(pair.map(nameOf));
            return (
              <li key={pair.map(({ memberId }) => memberId).join(' ')}>
                <Card>
                  <h3>{names}</h3>
                  <p>{reason ?? words('erased')}</p>
                  <div className="row apart">
                    <span className="small soft">{say('since', { day: day(since), name: by.name ?? say('facilitators') })}</span>
                    {one?.memberId && other?.memberId ? (
                      <Button onClick={() => setLifting({ one: one.memberId!, other: other.memberId!, names })}>{say('lift')}</Button>
                    ) : null}
                  </div>
                </Card>
              </li>
            );
          })}
        </ul>
        <More of={found} />
      </Section>
      <Section title={say('set')}>
        <KeepApart />
      </Section>
      <Dialog isOpen={lifting !== null} onClose={() => setLifting(null)} title={say('lift-title', { names: lifting?.names ?? '' })}>
        {lifting ? <Lift pair={lifting} onDone={() => setLifting(null)} /> : null}
      </Dialog>
    </Page>
  );
};

const KeepApart = () => {
  const say = usePairTexts();
  const { networkId } = useNetwork();
  const name = `${networkId}/forbid-pair`;
  const [draft, change, clear] = useDraft(name, EMPTY);
  const [isTried, setTried] = useState(false);
  const [done, setDone] = useState(0);
  const command = useCommand(name, (body: { readonly one: string; readonly other: string; readonly reason: string }, key) =>
    api.POST('/networks/{networkId}/forbidden-pairs', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const reason = draft.reason.trim();
  const isSame = draft.one !== null && draft.one.memberId === draft.other?.memberId;
  const send = async (): Promise<void> => {
    setTried(true);
    if (!draft.one || !draft.other || isSame || reason === '') return;
    if (!(await command.send({ one: draft.one.memberId, other: draft.other.memberId, reason }))) return;
    clear();
    setTried(false);
    setDone(done + 1);
  };
  return (
    <div className="stack" key={done}>
      <PersonPicker
        label={say('one')}
        picked={draft.one}
        onPick={(one) => change({ one })}
        error={isTried && !draft.one ? say('needs-person') : undefined}
      />
      <PersonPicker
        label={say('other')}
        picked={isSame ? null : draft.other}
        onPick={(other) => change({ other })}
        error={isTried && (!draft.other || isSame) ? say('needs-other') : undefined}
      />
      <TextArea
        label={say('reason')}
        hint={say('reason-hint')}
        value={draft.reason}
        maxLength={4000}
        onChange={(value) => change({ reason: value })}
        error={errorOf(command.fault, 'reason') ?? (isTried && reason === '' ? say('needs-reason') : undefined)}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say('send')}
        </Button>
      </div>
    </div>
  );
};

const NO_REASON = { reason: '' };

const Lift = ({ pair: { one, other }, onDone }: { readonly pair: Pair; readonly onDone: () => void }) => {
  const say = usePairTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/lift-pair/${one}/${other}`;
  const [draft, change, clear] = useDraft(name, NO_REASON);
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (reason: string, key) =>
    api.POST('/networks/{networkId}/forbidden-pairs/lifting', {
      params: { path: { networkId }, header: { 'Idempotency-Key': key } },
      body: { one, other, reason },
    }),
  );
  const reason = draft.reason.trim();
  const send = async (): Promise<void> => {
    setTried(true);
    if (reason === '' || !(await command.send(reason))) return;
    clear();
    onDone();
  };
  return (
    <div className="stack">
      <p>{say('lift-text')}</p>
      <TextArea
        label={say('reason')}
        value={draft.reason}
        maxLength={4000}
        onChange={(value) => change({ reason: value })}
        error={errorOf(command.fault, 'reason') ?? (isTried && reason === '' ? say('needs-reason') : undefined)}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button look="primary" isBusy={command.isSending} onClick={() => void send()}>
          {say('send-lift')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </div>
  );
};
