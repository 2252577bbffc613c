import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { download } from '../../content/download';
import { errorOf, Fault } from '../../content/fault';
import { useOwnMember, type OwnMember } from '../../content/own';
import { useWords } from '../../content/words';
import { Check, TextField } from '../../design/fields';
import { Button, Card, Form, Notice, Page, Section, Waiting } from '../../design/parts';
import { day } from '../../i18n/format';
import { languageNow } from '../../i18n/language';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { Leaving } from './leaving';
import { Pausing } from './pausing';
import { useAccountTexts } from './texts';

/** Who one is here, and one's choices: each decides for themselves (R6). */
export const Account = () => {
  const say = useAccountTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const { member, isPending, error } = useOwnMember();
  const hasLeft = member?.status === 'left';
  return (
    <Page title={say('title')} lead={say('lead')}>
      {isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={error} />
      {member ? (
        <>
          {hasLeft ? null : (
            <>
              <Charter member={member} />
              <Profile member={member} />
              <Capacity member={member} />
              <Pausing member={member} />
            </>
          )}
          <Section title={say('data')}>
            <Card>
              <p>{say('data-text')}</p>
              <OwnData />
              <div className="row">
                <Link to="/n/$networkId/hours" params={{ networkId }}>
                  {say('hours')}
                </Link>
                <Link to="/n/$networkId/incident" params={{ networkId }}>
                  {say('incident')}
                </Link>
              </div>
            </Card>
          </Section>
          <Leaving memberId={member.memberId} hasLeft={hasLeft} />
        </>
      ) : null}
    </Page>
  );
};

const LANGUAGES = ['fr', 'en'] as const;

const profileOf = ({ name, email, site, unit, employeeNumber, languages }: OwnMember) => ({
  ...{ name: name ?? '', email: email ?? '', site, unit, employeeNumber: employeeNumber ?? '' },
  languages: [...languages] as readonly ('fr' | 'en')[],
});

const Profile = ({ member }: { readonly member: OwnMember }) => {
  const say = useAccountTexts();
  const { networkId } = useNetwork();
  const { memberId } = member;
  const [isSaved, setSaved] = useState(false);
  const known = useMemo(() => profileOf(member), [member]);
  const [draft, change, clear] = useDraft(`${networkId}/profile`, known);
  const save = useCommand(`${networkId}/profile`, ({ employeeNumber, languages, ...rest }: typeof known, key) =>
    api.PUT('/networks/{networkId}/members/{memberId}/profile', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
      body: {
        profile: { ...rest, languages: [...languages], ...(employeeNumber.trim() ? { employeeNumber: employeeNumber.trim() } : {}) },
      },
    }),
  );
  const error = (field: string) => errorOf(save.fault, `profile.${field}`);
  const edit = (changed: Partial<typeof known>): void => {
    setSaved(false);
    change(changed);
  };
  const send = async (): Promise<void> => {
    if (!(await save.send(draft))) return;
    clear();
    setSaved(true);
  };
  return (
    <Section title={say('profile')}>
      <Form className="card" onSend={() => void send()}>
        <TextField label={say('name')} autoComplete="name" value={draft.name} onChange={(name) => edit({ name })} error={error('name')} />
        <TextField
          label={say('email')}
          type="email"
          autoComplete="email"
          value={draft.email}
          onChange={(email) => edit({ email })}
          error={error('email')}
        />
        <div className="columns pair">
          <TextField label={say('site')} value={draft.site} onChange={(site) => edit({ site })} error={error('site')} />
          <TextField label={say('unit')} value={draft.unit} onChange={(unit) => edit({ unit })} error={error('unit')} />
        </div>
        <TextField
          label={say('employee-number')}
          hint={say('employee-number-hint')}
          value={draft.employeeNumber}
          onChange={(employeeNumber) => edit({ employeeNumber })}
          error={error('employeeNumber')}
        />
        <fieldset className="field">
          <legend>{say('languages')}</legend>
          {LANGUAGES.map((language) => (
            <Check
              key={language}
              label={say(language === 'fr' ? 'french' : 'english')}
              isChecked={draft.languages.includes(language)}
              onChange={(isChosen) =>
                edit({ languages: LANGUAGES.filter((one) => (one === language ? isChosen : draft.languages.includes(one))) })
              }
              error={language === 'en' ? error('languages') : undefined}
            />
          ))}
        </fieldset>
        <Fault fault={save.fault} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={save.isSending}>
            {say('save')}
          </Button>
          <span role="status">{isSaved ? say('saved') : ''}</span>
        </div>
      </Form>
    </Section>
  );
};

const Capacity = ({ member: { memberId, capacity } }: { readonly member: OwnMember }) => {
  const say = useAccountTexts();
  const { networkId } = useNetwork();
  const known = useMemo(() => ({ capacity: String(capacity) }), [capacity]);
  const [draft, change, clear] = useDraft(`${networkId}/capacity`, known);
  const [isSaved, setSaved] = useState(false);
  const set = useCommand(`${networkId}/capacity`, (body: { readonly capacity: number }, key) =>
    api.PUT('/networks/{networkId}/members/{memberId}/capacity', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const send = async (): Promise<void> => {
    if (!(await set.send({ capacity: Number(draft.capacity) }))) return;
    clear();
    setSaved(true);
  };
  return (
    <Section title={say('capacity')}>
      <Form className="card" onSend={() => void send()}>
        <TextField
          label={say('capacity-label')}
          hint={say('capacity-hint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={50}
          value={draft.capacity}
          onChange={(value) => {
            setSaved(false);
            change({ capacity: value });
          }}
          error={errorOf(set.fault, 'capacity')}
        />
        <Fault fault={set.fault} />
        <div className="row">
          <Button type="submit" isBusy={set.isSending}>
            {say('save')}
          </Button>
          <span role="status">{isSaved ? say('saved') : ''}</span>
        </div>
      </Form>
    </Section>
  );
};

/** The words in force; a newer version than one's own is accepted here. */
const Charter = ({ member: { memberId, charterVersion } }: { readonly member: OwnMember }) => {
  const say = useAccountTexts();
  const { networkId } = useNetwork();
  const { data } = queries.useQuery('get', '/networks/{networkId}/charter', { params: { path: { networkId } } }, { retry: false });
  const accept = useCommand(`${networkId}/charter`, (body: { readonly charterVersion: number }, key) =>
    api.POST('/networks/{networkId}/members/{memberId}/charter-acceptance', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  if (!data) return null;
  const current = data.charterVersion;
  const isNew = current > charterVersion;
  return (
    <Section title={say('charter')}>
      {isNew ? <Notice tone="warn">{say('charter-new', { current, version: charterVersion })}</Notice> : null}
      <Card>
        {isNew ? null : <p>{say('charter-current', { version: current })}</p>}
        <details open={isNew}>
          <summary>{say('read')}</summary>
          <p>{data.text[languageNow()] ?? data.text.fr ?? data.text.en}</p>
          <p className="small soft">{say('published', { day: day(data.publishedAt) })}</p>
        </details>
        <Fault fault={accept.fault} />
        {isNew ? (
          <div className="row">
            <Button look="primary" isBusy={accept.isSending} onClick={() => void accept.send({ charterVersion: current })}>
              {say('charter-accept')}
            </Button>
          </div>
        ) : null}
      </Card>
    </Section>
  );
};

/** Asked for when pressed, never before: each copy is recorded. A page for the person, and a file for programs. */
const OwnData = () => {
  const say = useAccountTexts();
  const { networkId } = useNetwork();
  const init = { params: { path: { networkId } } };
  const copy = useCommand(`${networkId}/export`, (_: 'export') => api.GET('/networks/{networkId}/members/me/export', init));
  const page = useCommand(`${networkId}/export-page`, (_: 'export') =>
    api.GET('/networks/{networkId}/members/me/export', { ...init, headers: { accept: 'text/html' }, parseAs: 'text' }),
  );
  const fetchFile = async (): Promise<void> => {
    const answer = await copy.send('export');
    if (answer?.data) download('savoirs.json', 'application/json', JSON.stringify(answer.data, null, 2));
  };
  const fetchPage = async (): Promise<void> => {
    const answer = await page.send('export');
    if (answer?.data) download('savoirs.html', 'text/html', answer.data);
  };
  return (
    <>
      <Fault fault={page.fault ?? copy.fault} />
      <div className="row">
        <Button isBusy={page.isSending} onClick={() => void fetchPage()}>
          {say('download-page')}
        </Button>
        <Button isBusy={copy.isSending} onClick={() => void fetchFile()}>
          {say('download')}
        </Button>
      </div>
    </>
  );
};
