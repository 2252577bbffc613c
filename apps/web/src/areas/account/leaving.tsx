import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, queries } from '../../api/client';
import { useCommand } from '../../api/command';
import { ErasureState } from '../../content/erasure-state';
import { errorOf, Fault } from '../../content/fault';
import { useWords } from '../../content/words';
import { TextArea } from '../../design/fields';
import { Button, Card, Dialog, Notice, Section } from '../../design/parts';
import { useDraft } from '../../session/drafts';
import { SESSION, useNetwork } from '../../session/session';
import { useAccountTexts } from './texts';

/** The way out, and what it does; and what erasing does beyond that. */
export const Leaving = ({ memberId, hasLeft }: { readonly memberId: string; readonly hasLeft: boolean }) => {
  const say = useAccountTexts();
  const [step, setStep] = useState<'leave' | 'erase' | null>(null);
  const [isAsked, setAsked] = useState(false);
  const { networkId } = useNetwork();
  const { data } = queries.useQuery('get', '/networks/{networkId}/members/me/erasure', { params: { path: { networkId } } });
  const erasure = data?.erasure;
  const close = (): void => setStep(null);
  return (
    <>
      {hasLeft ? null : (
        <Section title={say('leaving')}>
          <Card tone="calm">
            <p>{say('leaving-text')}</p>
            <div className="row">
              <Button look="bad" onClick={() => setStep('leave')}>
                {say('leave')}
              </Button>
            </div>
          </Card>
        </Section>
      )}
      <Section title={say('erasing')}>
        <Card tone="calm">
          <p>{say('erasing-text')}</p>
          {isAsked ? <Notice>{say('erase-asked')}</Notice> : null}
          {erasure ? <ErasureState erasure={erasure} /> : null}
          {erasure || isAsked ? null : (
            <div className="row">
              <Button look="bad" onClick={() => setStep('erase')}>
                {say('erase')}
              </Button>
            </div>
          )}
        </Card>
      </Section>
      <Dialog isOpen={step !== null} onClose={close} title={step === 'erase' ? say('erasing') : say('leaving')}>
        {step === 'leave' ? <Leave memberId={memberId} onClose={close} /> : null}
        {step === 'erase' ? (
          <Erase
            memberId={memberId}
            onClose={close}
            onAsked={() => {
              setAsked(true);
              close();
            }}
          />
        ) : null}
      </Dialog>
    </>
  );
};

interface StepProps {
  readonly memberId: string;
  readonly onClose: () => void;
}

const Leave = ({ memberId, onClose }: StepProps) => {
  const say = useAccountTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [draft, change, clear] = useDraft(
    `${networkId}/leave`,
    useMemo(() => ({ reason: '' }), []),
  );
  const leave = useCommand(`${networkId}/leave`, (body: { readonly reason?: string }, key) =>
    api.POST('/networks/{networkId}/members/{memberId}/leave', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const send = async (): Promise<void> => {
    if (!(await leave.send(draft.reason.trim() ? { reason: draft.reason.trim() } : {}))) return;
    clear();
    await cache.refetchQueries({ queryKey: SESSION });
    await navigate({ to: '/n/$networkId', params: { networkId } });
  };
  return (
    <>
      <p>{say('leaving-text')}</p>
      <TextArea
        label={say('leave-reason')}
        maxLength={4000}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
        error={errorOf(leave.fault, 'reason')}
      />
      <Fault fault={leave.fault} />
      <div className="row">
        <Button look="bad" isBusy={leave.isSending} onClick={() => void send()}>
          {say('leave-sure')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};

const Erase = ({ memberId, onClose, onAsked }: StepProps & { readonly onAsked: () => void }) => {
  const say = useAccountTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const erase = useCommand(`${networkId}/erase`, (_: 'erase', key) =>
    api.POST('/networks/{networkId}/members/{memberId}/erasure-request', {
      params: { path: { networkId, memberId }, header: { 'Idempotency-Key': key } },
    }),
  );
  return (
    <>
      <p>{say('erasing-text')}</p>
      <Fault fault={erase.fault} />
      <div className="row">
        <Button look="bad" isBusy={erase.isSending} onClick={() => void erase.send('erase').then((done) => done && onAsked())}>
          {say('erase-sure')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {words('cancel')}
        </Button>
      </div>
    </>
  );
};
