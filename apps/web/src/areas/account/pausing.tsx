import { useMemo } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { errorOf, Fault } from '../../content/fault';
import type { OwnMember } from '../../content/own';
import { useRequired } from '../../content/required';
import { instantOf } from '../../content/when';
import { TextField } from '../../design/fields';
import { Button, Form, Notice, Section } from '../../design/parts';
import { day } from '../../i18n/format';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { useAccountTexts } from './texts';

/** A break until a date (R16); another date moves its end. */
export const Pausing = ({ member: { memberId, pausedUntil } }: { readonly member: OwnMember }) => {
  const say = useAccountTexts();
  const { networkId } = useNetwork();
  const [draft, change, clear] = useDraft(
    `${networkId}/pause`,
    useMemo(() => ({ until: '' }), []),
  );
  const of = (key: string) => ({ path: { networkId, memberId }, header: { 'Idempotency-Key': key } });
  const pause = useCommand(`${networkId}/pause`, (body: { readonly until: string }, key) =>
    api.POST('/networks/{networkId}/members/{memberId}/pause', { params: of(key), body }),
  );
  const resume = useCommand(`${networkId}/resume`, (_: 'resume', key) =>
    api.POST('/networks/{networkId}/members/{memberId}/resume', { params: of(key) }),
  );
  const { missing, isWhole } = useRequired({ until: draft.until !== '' });
  const send = async (): Promise<void> => {
    if (!isWhole()) return;
    // a day's pause lasts to its beginning, by one's own clock
    if (await pause.send({ until: instantOf(`${draft.until}T00:00`) })) clear();
  };
  return (
    <Section title={say('pause')}>
      {pausedUntil ? (
        <Notice tone="warn">
          <p>{say('paused', { day: day(pausedUntil) })}</p>
          <Fault fault={resume.fault} />
          <div className="row">
            <Button isBusy={resume.isSending} onClick={() => void resume.send('resume')}>
              {say('resume')}
            </Button>
          </div>
        </Notice>
      ) : null}
      <Form className="card" onSend={() => void send()}>
        <p>{say('pause-text')}</p>
        <TextField
          label={say('pause-until')}
          type="date"
          value={draft.until}
          onChange={(until) => change({ until })}
          error={errorOf(pause.fault, 'until') ?? missing('until')}
        />
        <Fault fault={pause.fault} />
        <div className="row">
          <Button type="submit" isBusy={pause.isSending}>
            {say(pausedUntil ? 'pause-change' : 'pause-start')}
          </Button>
        </div>
      </Form>
    </Section>
  );
};
