import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { usePages } from '../../api/pages';
import { errorOf, Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Select, TextArea, TextField } from '../../design/fields';
import { Button, Dialog, Form, Notice, Page, Scrollable, Waiting } from '../../design/parts';
import { dayAndTime, monthOfYear } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork, useRoles } from '../../session/session';
import { useActsTexts } from './acts-texts';

const PAGE_SIZE = 50;
const MONTHS = 24;
const ACTIONS = [
  ...(['rebuild', 'stop', 'pause', 'resume', 'compare', 'switch', 'roll-back'] as const),
  ...(['repeat-parked', 'drop-parked', 'copy-log', 'restore'] as const),
];
type Action = (typeof ACTIONS)[number];

const lastMonths = (): readonly string[] => {
  const now = new Date();
  return Array.from({ length: MONTHS }, (_, ago) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1)).toISOString().slice(0, 7),
  );
};

/** What operators did to the installation in a month, and why: for themselves, and for who leads a network. */
export const OperatorActs = () => {
  const say = useActsTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const months = lastMonths();
  const [month, setMonth] = useState(months[0]!);
  const [isRecording, setRecording] = useState(false);
  const found = usePages(['operations', networkId, month], (cursor, signal) =>
    api.GET('/networks/{networkId}/operations', {
      params: { path: { networkId }, query: { month, limit: PAGE_SIZE, ...(cursor ? { cursor: Number(cursor) } : {}) } },
      signal,
    }),
  );
  const acts = found.data?.pages.flatMap((page) => page.operations) ?? [];
  const isOperator = useRoles().has('operator');
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      tools={isOperator ? <Button onClick={() => setRecording(true)}>{say('record')}</Button> : undefined}
    >
      <Select
        label={say('month')}
        value={month}
        onChange={(value) => setMonth(value || months[0]!)}
        options={months.map((value) => ({ value, label: monthOfYear(value) }))}
      />
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {found.data && acts.length === 0 ? (
        <section className="empty">
          <h2>{say('empty')}</h2>
          <p>{say('empty-text')}</p>
        </section>
      ) : null}
      {acts.length > 0 ? (
        <Scrollable label={say('title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('at')}</th>
                <th scope="col">{say('action')}</th>
                <th scope="col">{say('target')}</th>
                <th scope="col">{say('reason')}</th>
              </tr>
            </thead>
            <tbody>
              {acts.map((one) => (
                <tr key={`${one.at} ${one.action} ${one.target}`}>
                  <th scope="row">{dayAndTime(one.at)}</th>
                  <td>{say(`action-${one.action as Action}`)}</td>
                  <td>
                    <code>{one.target}</code>
                  </td>
                  <td>{one.reason ?? words('erased')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      ) : null}
      <More of={found} />
      <Dialog isOpen={isRecording} onClose={() => setRecording(false)} title={say('record')}>
        <RecordAct onDone={() => setRecording(false)} />
      </Dialog>
    </Page>
  );
};

const EMPTY = { action: 'copy-log' as Action, target: '', reason: '' };

const RecordAct = ({ onDone }: { readonly onDone: () => void }) => {
  const say = useActsTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const name = `${networkId}/record-operation`;
  const [draft, change, clear] = useDraft(name, EMPTY);
  const [isTried, setTried] = useState(false);
  const command = useCommand(name, (body: typeof EMPTY, key) =>
    api.POST('/networks/{networkId}/operations', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const send = async (): Promise<void> => {
    setTried(true);
    const [target, reason] = [draft.target.trim(), draft.reason.trim()];
    if (target === '' || reason === '' || !(await command.send({ ...draft, target, reason }))) return;
    clear();
    onDone();
  };
  return (
    <Form onSend={() => void send()}>
      <Notice>{say('record-text')}</Notice>
      <Select
        label={say('action')}
        value={draft.action}
        onChange={(action) => change({ action: action || EMPTY.action })}
        options={ACTIONS.map((value) => ({ value, label: say(`action-${value}`) }))}
      />
      <TextField
        label={say('target')}
        hint={say('target-hint')}
        value={draft.target}
        maxLength={100}
        autoComplete="off"
        onChange={(target) => change({ target })}
        error={errorOf(command.fault, 'target') ?? (isTried && draft.target.trim() === '' ? say('needs-target') : undefined)}
      />
      <TextArea
        label={say('reason')}
        value={draft.reason}
        maxLength={4000}
        onChange={(reason) => change({ reason })}
        error={errorOf(command.fault, 'reason') ?? (isTried && draft.reason.trim() === '' ? say('needs-reason') : undefined)}
      />
      <Fault fault={command.fault} />
      <div className="row">
        <Button type="submit" look="primary" isBusy={command.isSending}>
          {say('send')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {words('cancel')}
        </Button>
      </div>
    </Form>
  );
};
