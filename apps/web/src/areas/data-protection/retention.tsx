import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import { hasBegun, instantOf } from '../../content/when';
import { TextField } from '../../design/fields';
import { Button, Form, Notice, Page } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useProtectionTexts } from './texts';

const NOTHING = { upTo: '', erased: '' };

/** That a purge took place, put on record. */
export const Retention = () => {
  const say = useProtectionTexts();
  const { networkId } = useNetwork();
  const name = `${networkId}/retention-run`;
  const [draft, change, clear] = useDraft(name, NOTHING);
  const [isTried, setTried] = useState(false);
  const [isRecorded, setRecorded] = useState(false);
  const record = useCommand(name, (body: { readonly upTo: string; readonly erased: number }, key) =>
    api.POST('/networks/{networkId}/retention-runs', { params: { path: { networkId }, header: { 'Idempotency-Key': key } }, body }),
  );
  const upTo = instantOf(draft.upTo === '' ? '' : `${draft.upTo}T00:00`);
  const isPast = upTo !== '' && hasBegun(upTo);
  const isCount = /^\d{1,9}$/.test(draft.erased.trim());
  const send = async (): Promise<void> => {
    setTried(true);
    setRecorded(false);
    if (!isPast || !isCount || !(await record.send({ upTo, erased: Number(draft.erased) }))) return;
    clear();
    setTried(false);
    setRecorded(true);
  };
  return (
    <Page title={say('retention-title')} lead={say('retention-lead')}>
      <Form className="card" onSend={() => void send()}>
        <TextField
          label={say('up-to')}
          type="date"
          value={draft.upTo}
          onChange={(date) => change({ upTo: date })}
          error={errorOf(record.fault, 'upTo') ?? (isTried && !isPast ? say('needs-up-to') : undefined)}
        />
        <TextField
          label={say('erased-count')}
          hint={say('erased-hint')}
          inputMode="numeric"
          value={draft.erased}
          onChange={(count) => change({ erased: count })}
          error={errorOf(record.fault, 'erased') ?? (isTried && !isCount ? say('needs-count') : undefined)}
        />
        <Fault fault={record.fault} />
        {isRecorded ? <Notice>{say('recorded')}</Notice> : null}
        <div className="row">
          <Button type="submit" look="primary" isBusy={record.isSending}>
            {say('retention-send')}
          </Button>
        </div>
      </Form>
    </Page>
  );
};
