import { useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import type { paths } from '../../api/generated/schema';
import { download } from '../../content/download';
import { Fault } from '../../content/fault';
import { isId } from '../../content/is-id';
import { isMotive, MotiveField } from '../../content/motive-field';
import { useRoleWords } from '../../content/role-words';
import { useStatusWords } from '../../content/status-words';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Empty, Form, Page, Scrollable, Section, Waiting } from '../../design/parts';
import { moment, number } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useProtectionTexts } from './texts';

type Copy = paths['/networks/{networkId}/members/{memberId}/access-request']['post']['responses'][200]['content']['application/json'];

const LISTS = ['offers', 'requests', 'matches', 'exchanges', 'hours', 'cases', 'events', 'texts', 'accesses'] as const;

const NOTHING = { member: '', motive: '' };

/** The right of access, through an officer. Each copy is recorded: nothing asks for it again behind one's back. */
export const AccessRequest = () => {
  const say = useProtectionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [{ member, motive }, change, clear] = useDraft(`${networkId}/access-request`, NOTHING, 'tab');
  const [isTried, setTried] = useState(false);
  const copy = queries.useMutation('post', '/networks/{networkId}/members/{memberId}/access-request');
  const memberId = member.trim();
  const send = (): void => {
    setTried(true);
    if (!isId(memberId) || !isMotive(motive) || copy.isPending) return;
    copy.mutate({ params: { path: { networkId, memberId } }, body: { motive } }, { onSuccess: clear });
  };
  return (
    <Page title={say('access-title')} lead={say('access-lead')}>
      <Form className="card no-print" onSend={send}>
        <TextField
          label={say('member-id')}
          value={member}
          autoComplete="off"
          spellCheck={false}
          onChange={(typed) => change({ member: typed })}
          error={isTried && !isId(memberId) ? say('needs-member') : undefined}
        />
        <MotiveField value={motive} onChange={(why) => change({ motive: why })} isTried={isTried} />
        <div className="row">
          <Button type="submit" look="primary" isBusy={copy.isPending}>
            {say('access-send')}
          </Button>
        </div>
      </Form>
      <Fault fault={copy.error} />
      {copy.isPending ? <Waiting label={words('waiting')} /> : null}
      {copy.data && typeof copy.data !== 'string' ? <Copied copy={copy.data} motive={copy.variables?.body.motive ?? ''} /> : null}
      {copy.isIdle ? (
        <Empty title={say('access-none')}>
          <p>{say('access-none-text')}</p>
        </Empty>
      ) : null}
    </Page>
  );
};

/** For the member to read: the same, as a page. It is a copy of its own, and recorded as one. */
const PageToRead = ({ memberId, motive }: { readonly memberId: string; readonly motive: string }) => {
  const say = useProtectionTexts();
  const { networkId } = useNetwork();
  const page = useCommand(`${networkId}/access-page/${memberId}`, (body: { readonly motive: string }) =>
    api.POST('/networks/{networkId}/members/{memberId}/access-request', {
      params: { path: { networkId, memberId } },
      ...{ body, headers: { accept: 'text/html' }, parseAs: 'text' },
    }),
  );
  const fetchPage = async (): Promise<void> => {
    const answer = await page.send({ motive });
    if (answer?.data) download(`member-${memberId}.html`, 'text/html', answer.data);
  };
  return (
    <>
      <Fault fault={page.fault} />
      <Button isBusy={page.isSending} onClick={() => void fetchPage()}>
        {say('download-page')}
      </Button>
    </>
  );
};

const Copied = ({ copy, motive }: { readonly copy: Copy; readonly motive: string }) => {
  const say = useProtectionTexts();
  const words = useWords();
  const roleIn = useRoleWords();
  const statusIn = useStatusWords();
  const { profile, accesses } = copy;
  return (
    <>
      <Section
        title={say('profile')}
        tools={
          <div className="row no-print">
            <PageToRead memberId={copy.memberId} motive={motive} />
            <Button onClick={() => download(`member-${copy.memberId}.json`, 'application/json', JSON.stringify(copy, null, 2))}>
              {say('download')}
            </Button>
            <Button onClick={() => print()}>{say('print')}</Button>
          </div>
        }
      >
        <dl className="facts">
          <dt>{say('name')}</dt>
          <dd>{profile.name ?? words('erased')}</dd>
          <dt>{say('email')}</dt>
          <dd>{profile.email ?? words('erased')}</dd>
          <dt>{say('site')}</dt>
          <dd>{profile.site}</dd>
          <dt>{say('unit')}</dt>
          <dd>{profile.unit}</dd>
          <dt>{say('status')}</dt>
          <dd>{statusIn(profile.status)}</dd>
        </dl>
      </Section>
      <Section title={say('kept')}>
        <table className="narrow">
          <thead>
            <tr>
              <th scope="col">{say('what')}</th>
              <th scope="col" className="number">
                {say('count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {LISTS.map((list) => (
              <tr key={list}>
                <th scope="row">{say(list)}</th>
                <td className="number">{number(copy[list].length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      {accesses.length > 0 ? (
        <Section title={say('accesses')}>
          <Scrollable label={say('accesses-table')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{say('when')}</th>
                  <th scope="col">{say('role')}</th>
                  <th scope="col">{say('purpose')}</th>
                </tr>
              </thead>
              <tbody>
                {accesses.map(({ at, role, purpose, subject }) => (
                  <tr key={`${at} ${subject}`}>
                    <td>{moment(at)}</td>
                    <td>{roleIn(role as 'auditor')}</td>
                    <td>{say(`for-${purpose}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrollable>
        </Section>
      ) : null}
    </>
  );
};
