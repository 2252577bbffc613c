import { useState } from 'react';
import { queries } from '../api/client';
import { Fault } from './fault';
import { Id } from './id';
import { isMotive, MotiveField } from './motive-field';
import { TextField } from '../design/fields';
import { Button, Card, Form } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { useDraft } from '../session/drafts';
import { useNetwork } from '../session/session';
import { isId } from './is-id';
import { useStatusWords } from './status-words';
import { useWords } from './words';

const useIdentityTexts = defineTexts('identity', {
  fr: {
    member: 'Identifiant du membre',
    'needs-member': 'Un identifiant a 32 chiffres et lettres, en cinq groupes.',
    send: 'Voir qui c’est',
    name: 'Nom',
    email: 'Adresse électronique',
    status: 'Situation',
    forget: 'Effacer de l’écran',
  },
  en: {
    member: 'The member’s id',
    'needs-member': 'An id has 32 digits and letters, in five groups.',
    send: 'See who it is',
    name: 'Name',
    email: 'E-mail',
    status: 'State',
    forget: 'Take off the screen',
  },
});

const NOTHING = { typed: '', motive: '' };

/** A name behind an id, under a motive of its own: each look is recorded. Without a member, of whoever's id is typed. */
export const IdentityLookup = ({ memberId }: { readonly memberId?: string }) => {
  const say = useIdentityTexts();
  const words = useWords();
  const statusIn = useStatusWords();
  const { networkId } = useNetwork();
  const [{ typed, motive }, change, clear] = useDraft(`${networkId}/identity/${memberId ?? ''}`, NOTHING, 'tab');
  const [isTried, setTried] = useState(false);
  const look = queries.useMutation('post', '/networks/{networkId}/members/{memberId}/identity');
  const id = memberId ?? typed.trim();
  const send = (): void => {
    setTried(true);
    if (!isId(id) || !isMotive(motive) || look.isPending) return;
    look.mutate(
      { params: { path: { networkId, memberId: id } }, body: { motive } },
      {
        onSuccess: () => {
          clear();
          setTried(false);
        },
      },
    );
  };
  const found = look.data?.member;
  return (
    <>
      <Form className="card" onSend={send}>
        {memberId === undefined ? (
          <TextField
            label={say('member')}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(member) => change({ typed: member })}
            error={isTried && !isId(id) ? say('needs-member') : undefined}
          />
        ) : null}
        <MotiveField value={motive} onChange={(why) => change({ motive: why })} isTried={isTried} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={look.isPending}>
            {say('send')}
          </Button>
        </div>
        <Fault fault={look.error} />
      </Form>
      {found ? (
        <Card tone="first">
          <dl className="facts" aria-live="polite">
            <dt>{say('name')}</dt>
            <dd>{found.name ?? words('erased')}</dd>
            <dt>{say('email')}</dt>
            <dd>{found.email ?? words('erased')}</dd>
            <dt>{say('status')}</dt>
            <dd>{statusIn(found.status)}</dd>
            <dt>{say('member')}</dt>
            <dd>
              <Id id={found.memberId} />
            </dd>
          </dl>
          <div className="row">
            <Button onClick={look.reset}>{say('forget')}</Button>
          </div>
        </Card>
      ) : null}
    </>
  );
};
