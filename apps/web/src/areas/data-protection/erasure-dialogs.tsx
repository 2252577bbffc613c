import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { isId } from '../../content/is-id';
import { instantOf } from '../../content/when';
import { useWords } from '../../content/words';
import { TextField } from '../../design/fields';
import { Button, Form } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useProtectionTexts } from './texts';

interface Props {
  readonly memberId: string;
  readonly onDone: () => void;
}

/** As the second person: it cannot be undone, so that it says what it does first. */
export const Approve = ({ memberId, onDone }: Props) => {
  const say = useProtectionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const approve = useCommand(`${networkId}/approve-erasure/${memberId}`, (_: 'approve', key) =>
    api.POST('/networks/{networkId}/members/{memberId}/erasure-approval', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
    }),
  );
  return (
    <>
      <p>{say('approve-text')}</p>
      <Fault fault={approve.fault} />
      <div className="row">
        <Button look="bad" isBusy={approve.isSending} onClick={() => void approve.send('approve').then((done) => done && onDone())}>
          {say('approve-sure')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};

const NO_DATE = { until: '' };

export const Defer = ({ memberId, onDone }: Props) => {
  const say = useProtectionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/defer-erasure/${memberId}`;
  const [draft, change, clear] = useDraft(name, NO_DATE);
  const [isTried, setTried] = useState(false);
  const defer = useCommand(name, (until: string, key) =>
    api.POST('/networks/{networkId}/members/{memberId}/erasure-deferral', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
      body: { until },
    }),
  );
  const until = instantOf(draft.until === '' ? '' : `${draft.until}T00:00`);
  const isAhead = until !== '' && Date.parse(until) > Date.now();
  const send = async (): Promise<void> => {
    setTried(true);
    if (!isAhead || !(await defer.send(until))) return;
    clear();
    onDone();
  };
  return (
    <Form onSend={() => void send()}>
      <p>{say('defer-text')}</p>
      <TextField
        label={say('until')}
        type="date"
        value={draft.until}
        onChange={(date) => change({ until: date })}
        error={errorOf(defer.fault, 'until') ?? (isTried && !isAhead ? say('needs-until') : undefined)}
      />
      <Fault fault={defer.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={defer.isSending}>
          {say('defer-send')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};

const NOBODY = { member: '' };

export const AskForErasure = ({ onDone }: { readonly onDone: (isSent: boolean) => void }) => {
  const say = useProtectionTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/ask-for-erasure`;
  const [{ member }, change, clear] = useDraft(name, NOBODY, 'tab');
  const [isTried, setTried] = useState(false);
  const ask = useCommand(name, (memberId: string, key) =>
    api.POST('/networks/{networkId}/members/{memberId}/erasure-request', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
    }),
  );
  const memberId = member.trim();
  const send = async (): Promise<void> => {
    setTried(true);
    if (!isId(memberId) || !(await ask.send(memberId))) return;
    clear();
    onDone(true);
  };
  return (
    <Form onSend={() => void send()}>
      <p>{say('ask-text')}</p>
      <TextField
        label={say('member-id')}
        value={member}
        autoComplete="off"
        spellCheck={false}
        onChange={(typed) => change({ member: typed })}
        error={isTried && !isId(memberId) ? say('needs-member') : undefined}
      />
      <Fault fault={ask.fault} />
      <div className="row">
        <Button type="submit" look="bad" isBusy={ask.isSending}>
          {say('ask-send')}
        </Button>
        <Button look="plain" onClick={() => onDone(false)}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};
