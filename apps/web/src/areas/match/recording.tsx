import { useState } from 'react';
import { api } from '../../api/client';
import { useCommand } from '../../api/command';
import { Fault } from '../../content/fault';
import type { Meeting } from '../../content/meeting';
import { useWords } from '../../content/words';
import { Button, Dialog } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { useNetwork } from '../../session/session';
import { AgreementForm } from '../mediator/agreement-form';

const useRecordingTexts = defineTexts('recording', {
  fr: {
    waived:
      'Vous vous connaissez déjà : vous pouvez vous passer de médiateur. L’un de vous note ce dont vous êtes convenus, les autres le lisent en entier et confirment (R9).',
    'no-agreement': 'Nous ne tombons pas d’accord',
    'no-agreement-title': 'Sans accord',
    'no-agreement-text': 'L’appariement se termine, les demandes redeviennent ouvertes. Personne n’a à se justifier.',
    'no-agreement-sure': 'Terminer sans accord',
  },
  en: {
    waived:
      'You have met before: you can do without a mediator. One of you records what you agreed on, the others read it whole and confirm it (R9).',
    'no-agreement': 'We do not come to an agreement',
    'no-agreement-title': 'No agreement',
    'no-agreement-text': 'The match ends, the requests are open again. Nobody has to give reasons.',
    'no-agreement-sure': 'End without agreement',
  },
});

/** Where the connection is waived: a participant records what they agreed on (R9). */
export const Recording = ({ match }: { readonly match: Meeting }) => {
  const say = useRecordingTexts();
  // the page shows what was recorded by itself
  return <AgreementForm match={match} help={say('waived')} onRecorded={() => undefined} />;
};

/** Participants of a waived connection may also say that they do not agree. */
export const NoAgreement = ({ matchId }: { readonly matchId: string }) => {
  const say = useRecordingTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const [isAsked, setAsked] = useState(false);
  const giveUp = useCommand(`${networkId}/no-agreement/${matchId}`, (body: { readonly reason: 'participants-declined' }, key) =>
    api.POST('/networks/{networkId}/matches/{matchId}/no-agreement', {
      params: { path: { networkId, matchId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
  const send = async (): Promise<void> => {
    if (await giveUp.send({ reason: 'participants-declined' })) setAsked(false);
  };
  return (
    <div>
      <Button look="plain" onClick={() => setAsked(true)}>
        {say('no-agreement')}
      </Button>
      <Dialog isOpen={isAsked} onClose={() => setAsked(false)} title={say('no-agreement-title')}>
        <p>{say('no-agreement-text')}</p>
        <Fault fault={giveUp.fault} />
        <div className="row">
          <Button look="bad" isBusy={giveUp.isSending} onClick={() => void send()}>
            {say('no-agreement-sure')}
          </Button>
          <Button look="plain" onClick={() => setAsked(false)}>
            {words('cancel')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
};
