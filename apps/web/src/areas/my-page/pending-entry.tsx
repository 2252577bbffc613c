import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import type { OwnEntry } from '../../content/meeting';
import type { OwnMember } from '../../content/own';
import { useRequired } from '../../content/required';
import { useWords } from '../../content/words';
import { Check } from '../../design/fields';
import { Button, Card, Dialog, Form, Notice, Section, Tag } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day } from '../../i18n/format';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { SESSION, useMembershipKnown, useNetwork } from '../../session/session';

const usePendingTexts = defineTexts('pending', {
  fr: {
    title: 'On vous a inscrit : relisez, et décidez',
    text: 'Rien n’est publié tant que vous ne l’avez pas confirmé (R6). Voici ce qui a été écrit en votre nom.',
    until: 'Sans réponse avant le {{day}}, tout est effacé.',
    who: '{{name}}, {{email}}, site {{site}}, service {{unit}}',
    charter: 'La charte',
    accept: 'J’ai lu la charte et je l’accepte.',
    declare:
      'Je le déclare : ce sont des savoirs professionnels, et les transmettre n’est pas un service rendu à la place de quelqu’un (R14).',
    'accept-first': 'Acceptez la charte pour entrer.',
    'declare-first': 'Déclarez-le pour entrer.',
    confirm: 'Confirmer et entrer dans le réseau',
    rewrite: 'L’écrire autrement',
    complete: 'Compléter et entrer dans le réseau',
    'no-offer': 'Il y manque une offre : on entre avec les deux (R1). Ce qui est déjà écrit vous attend dans le formulaire.',
    'no-request': 'Il y manque une demande : on entre avec les deux (R1). Ce qui est déjà écrit vous attend dans le formulaire.',
    remove: 'Supprimer',
    'remove-title': 'Supprimer cette inscription',
    'remove-text': 'Vous n’entrez pas dans le réseau, et l’effacement de ce qui a été écrit en votre nom est demandé.',
    'remove-sure': 'Oui, supprimer',
  },
  en: {
    title: 'Somebody entered you: read it, and decide',
    text: 'Nothing is published until you confirm it (R6). This was written in your name.',
    until: 'Without an answer by {{day}} all of it is erased.',
    who: '{{name}}, {{email}}, site {{site}}, unit {{unit}}',
    charter: 'The charter',
    accept: 'I have read the charter and accept it.',
    declare: 'I declare: this is professional knowledge, and passing it on does nobody’s work in their place (R14).',
    'accept-first': 'Accept the charter to enter.',
    'declare-first': 'Declare it to enter.',
    confirm: 'Confirm and enter the network',
    rewrite: 'Write it differently',
    complete: 'Complete it and enter the network',
    'no-offer': 'An offer is missing: one enters with both (R1). What is written already waits for you in the form.',
    'no-request': 'A request is missing: one enters with both (R1). What is written already waits for you in the form.',
    remove: 'Delete',
    'remove-title': 'Delete this entry',
    'remove-text': 'You do not enter the network, and the erasure of what was written in your name is asked for.',
    'remove-sure': 'Yes, delete it',
  },
});

const NOT_YET = { isAccepted: false, isDeclared: false };

/** What a facilitator wrote in one's name waits for one's own word (R6, R14). */
export const PendingEntry = ({
  member,
  entries,
  until,
}: {
  readonly member: OwnMember;
  readonly entries: readonly OwnEntry[];
  readonly until: string | null;
}) => {
  const say = usePendingTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const membershipKnown = useMembershipKnown();
  const confirming = `${networkId}/confirm-entry`;
  const [{ isAccepted, isDeclared }, change, clear] = useDraft(confirming, NOT_YET);
  const [isRemoving, setRemoving] = useState(false);
  const charter = queries.useQuery('get', '/networks/{networkId}/charter', { params: { path: { networkId } } }, { retry: false });
  const confirm = useCommand(confirming, (body: { readonly charterVersion: number }, key) =>
    api.POST('/networks/{networkId}/members', {
      params: { path: { networkId }, header: { 'Idempotency-Key': key } },
      body: { ...body, declaredProfessional: true, offers: [], requests: [] },
    }),
  );
  const lacks = useRequired({ accept: isAccepted, declare: isDeclared });
  const send = async (): Promise<void> => {
    if (!lacks.isWhole() || !charter.data) return;
    if (!(await confirm.send({ charterVersion: charter.data.charterVersion }))) return;
    clear();
    await membershipKnown(networkId);
  };
  const { name, email, site, unit } = member;
  const missing = (['offer', 'request'] as const).find((kind) => !entries.some((entry) => entry.kind === kind));
  return (
    <Section title={say('title')}>
      <p>
        {say('text')} {until ? say('until', { day: day(until) }) : null}
      </p>
      <p className="soft">{say('who', { name: name ?? '', email: email ?? '', site, unit })}</p>
      <ul role="list" className="columns">
        {entries.map(({ id, kind, content }) => (
          <li key={id}>
            <Card tone="first">
              <div className="row">
                <Tag tone="accent">{words(kind)}</Tag>
                <Tag>{words(`level-${content.level}`)}</Tag>
              </div>
              <h3>{content.topic.text ?? words('erased')}</h3>
              <p lang={content.language}>{content.wording ?? words('erased')}</p>
            </Card>
          </li>
        ))}
      </ul>
      {missing ? <Notice tone="warn">{say(`no-${missing}`)}</Notice> : null}
      <Form onSend={() => void send()}>
        {missing ? null : (
          <>
            {charter.data ? (
              <details>
                <summary>{say('charter')}</summary>
                <p>{charter.data.text[languageNow()] ?? charter.data.text.fr ?? charter.data.text.en}</p>
              </details>
            ) : null}
            <Check
              label={say('accept')}
              isChecked={isAccepted}
              onChange={(isTicked) => change({ isAccepted: isTicked })}
              error={lacks.missing('accept') && say('accept-first')}
            />
            <Check
              label={say('declare')}
              isChecked={isDeclared}
              onChange={(isTicked) => change({ isDeclared: isTicked })}
              error={lacks.missing('declare') && say('declare-first')}
            />
          </>
        )}
        <Fault fault={charter.error ?? confirm.fault} />
        <div className="row">
          {missing || charter.error ? null : (
            <Button type="submit" look="primary" isBusy={confirm.isSending || charter.isPending}>
              {say('confirm')}
            </Button>
          )}
          <Link to="/n/$networkId/join" params={{ networkId }} className={missing ? 'button primary' : 'button'}>
            {say(missing ? 'complete' : 'rewrite')}
          </Link>
          <Button look="bad" onClick={() => setRemoving(true)}>
            {say('remove')}
          </Button>
        </div>
      </Form>
      <Dialog isOpen={isRemoving} onClose={() => setRemoving(false)} title={say('remove-title')}>
        <Removing memberId={member.memberId} onClose={() => setRemoving(false)} />
      </Dialog>
    </Section>
  );
};

const Removing = ({ memberId, onClose }: { readonly memberId: string; readonly onClose: () => void }) => {
  const say = usePendingTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const cache = useQueryClient();
  const of = (key: string) => ({ path: { networkId, memberId }, header: { 'Idempotency-Key': key } });
  const erase = useCommand(`${networkId}/erase-entry`, (_: 'erase', key) =>
    api.POST('/networks/{networkId}/members/{memberId}/erasure-request', { params: of(key) }),
  );
  const leave = useCommand(`${networkId}/leave-entry`, (_: 'leave', key) =>
    api.POST('/networks/{networkId}/members/{memberId}/leave', { params: of(key), body: {} }),
  );
  const remove = async (): Promise<void> => {
    if (!(await erase.send('erase')) || !(await leave.send('leave'))) return;
    await cache.refetchQueries({ queryKey: SESSION });
    onClose();
  };
  return (
    <>
      <p>{say('remove-text')}</p>
      <Fault fault={erase.fault ?? leave.fault} />
      <div className="row">
        <Button look="bad" isBusy={erase.isSending || leave.isSending} onClick={() => void remove()}>
          {say('remove-sure')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};
