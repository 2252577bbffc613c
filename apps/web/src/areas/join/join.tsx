import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, queries } from '../../api/client';
import type { paths } from '../../api/generated/schema';
import { useCommand } from '../../api/command';
import { draftOfEntry, EntryForm, emptyEntry, offerContent, requestContent, type EntryDraft } from '../../content/entry-form';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { Check, TextField } from '../../design/fields';
import { Button, Card, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useMembershipKnown, useNetwork } from '../../session/session';

const useJoinTexts = defineTexts('join', {
  fr: {
    title: 'Entrer dans le réseau',
    lead: 'Une seule fois, en quelques minutes. Ce que vous écrivez est gardé dans ce navigateur jusqu’à l’envoi.',
    why: 'Pourquoi une offre et une demande ?',
    'why-text':
      'Chacun sait quelque chose, chacun a quelque chose à apprendre. C’est ce qui fait un réseau d’échanges et non un guichet : on n’y entre qu’avec les deux (R1). Apprendre avant de transmettre convient très bien.',
    you: 'Vous',
    name: 'Nom, comme vos collègues vous connaissent',
    email: 'Adresse électronique professionnelle',
    site: 'Site',
    'site-hint': 'Son code, comme LYO',
    unit: 'Service',
    'unit-hint': 'Son code, comme GUI',
    offer: 'Votre première offre',
    request: 'Votre première demande',
    charter: 'La charte',
    'no-charter': 'Le réseau n’a pas encore publié sa charte : on ne peut pas encore y entrer. Revenez bientôt.',
    accept: 'J’ai lu la charte et je l’accepte.',
    enter: 'Entrer dans le réseau',
    'accept-first': 'Acceptez la charte pour entrer.',
  },
  en: {
    title: 'Enter the network',
    lead: 'Once only, in a few minutes. What you write is kept in this browser until it is sent.',
    why: 'Why an offer and a request?',
    'why-text':
      'Everybody knows something, everybody has something to learn. That makes it a network of exchanges and no counter: one enters with both (R1). Learning before giving is perfectly fine.',
    you: 'You',
    name: 'Name, as your colleagues know you',
    email: 'Work e-mail address',
    site: 'Site',
    'site-hint': 'Its code, such as LYO',
    unit: 'Unit',
    'unit-hint': 'Its code, such as GUI',
    offer: 'Your first offer',
    request: 'Your first request',
    charter: 'The charter',
    'no-charter': 'The network has not published its charter yet, so nobody can enter. Come back soon.',
    accept: 'I have read the charter and accept it.',
    enter: 'Enter the network',
    'accept-first': 'Accept the charter to enter.',
  },
});

interface JoinDraft {
  readonly name: string;
  readonly email: string;
  readonly site: string;
  readonly unit: string;
  readonly employeeNumber: string | null;
  readonly offer: EntryDraft;
  readonly request: EntryDraft;
  readonly accepted: boolean;
}

type OwnPage = paths['/networks/{networkId}/members/me']['get']['responses'][200]['content']['application/json'];

/** What a facilitator wrote in one's name is there to begin with (R6). */
const begun = (own: OwnPage | undefined): JoinDraft => {
  const { name, email, site = '', unit = '', employeeNumber = null } = own?.member ?? {};
  const written = (kind: 'offer' | 'request'): EntryDraft => {
    const entry = own?.entries.find((one) => one.kind === kind);
    return entry ? draftOfEntry(entry) : emptyEntry(languageNow());
  };
  return {
    ...{ name: name ?? '', email: email ?? '', site, unit, employeeNumber, accepted: false },
    offer: written('offer'),
    request: written('request'),
  };
};

export const Join = () => {
  const words = useWords();
  const { networkId, membership } = useNetwork();
  const own = queries.useQuery(
    'get',
    '/networks/{networkId}/members/me',
    { params: { path: { networkId }, query: { limit: 200 } } },
    { enabled: membership === 'applied' },
  );
  return own.isLoading ? <Waiting label={words('waiting')} /> : <JoinForm own={own.data} />;
};

/** Entry in one sitting: the person, an offer, a request, the charter (R1). */
const JoinForm = ({ own }: { readonly own: OwnPage | undefined }) => {
  const say = useJoinTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const navigate = useNavigate();
  const membershipKnown = useMembershipKnown();
  const [draft, change, clear] = useDraft(
    `${networkId}/join`,
    useMemo(() => begun(own), [own]),
  );
  const charter = queries.useQuery('get', '/networks/{networkId}/charter', { params: { path: { networkId } } }, { retry: false });
  const enrol = useCommand(`${networkId}/join`, (body: ReturnType<typeof enrolment>, key) =>
    api.POST('/networks/{networkId}/members', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const [isTried, setTried] = useState(false);
  const enter = async (): Promise<void> => {
    setTried(true);
    if (!charter.data || !draft.accepted) return;
    if (!(await enrol.send(enrolment(draft, charter.data.charterVersion)))) return;
    await membershipKnown(networkId);
    clear();
    await navigate({ to: '/n/$networkId', params: { networkId } });
  };
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Card tone="calm">
        <h2>{say('why')}</h2>
        <p>{say('why-text')}</p>
      </Card>
      <Form onSend={() => void enter()}>
        <Section title={say('you')}>
          <TextField
            label={say('name')}
            autoComplete="name"
            value={draft.name}
            onChange={(name) => change({ name })}
            error={errorOf(enrol.fault, 'profile.name')}
          />
          <TextField
            label={say('email')}
            type="email"
            autoComplete="email"
            value={draft.email}
            onChange={(email) => change({ email })}
            error={errorOf(enrol.fault, 'profile.email')}
          />
          <TextField
            label={say('site')}
            hint={say('site-hint')}
            value={draft.site}
            onChange={(site) => change({ site })}
            error={errorOf(enrol.fault, 'profile.site')}
          />
          <TextField
            label={say('unit')}
            hint={say('unit-hint')}
            value={draft.unit}
            onChange={(unit) => change({ unit })}
            error={errorOf(enrol.fault, 'profile.unit')}
          />
        </Section>
        <Section title={say('offer')}>
          <EntryForm
            kind="offer"
            draft={draft.offer}
            onChange={(part) => change({ offer: { ...draft.offer, ...part } })}
            fault={enrol.fault}
            at="offers.0."
          />
        </Section>
        <Section title={say('request')}>
          <EntryForm
            kind="request"
            draft={draft.request}
            onChange={(part) => change({ request: { ...draft.request, ...part } })}
            fault={enrol.fault}
            at="requests.0."
          />
        </Section>
        <Section title={say('charter')}>
          {charter.isPending ? <Waiting label={words('waiting')} /> : null}
          {charter.error ? <Notice tone="warn">{say('no-charter')}</Notice> : null}
          {charter.data ? <Card>{charter.data.text[languageNow()]}</Card> : null}
          <Check
            label={say('accept')}
            isChecked={draft.accepted}
            onChange={(accepted) => change({ accepted })}
            error={isTried && !draft.accepted ? say('accept-first') : undefined}
          />
        </Section>
        <Fault fault={enrol.fault} />
        {charter.error ? null : (
          <div className="row">
            <Button type="submit" look="primary" isBusy={enrol.isSending || charter.isPending}>
              {say('enter')}
            </Button>
          </div>
        )}
      </Form>
    </Page>
  );
};

/** Declared where both entries are: by the author in person (R14). */
const enrolment = ({ name, email, site, unit, employeeNumber, offer, request }: JoinDraft, charterVersion: number) => ({
  charterVersion,
  profile: { name: name.trim(), email: email.trim(), site: site.trim(), unit: unit.trim(), employeeNumber, languages: [languageNow()] },
  declaredProfessional: offer.declaredProfessional && request.declaredProfessional,
  offers: [offerContent(offer)],
  requests: [requestContent(request)],
});
