import { useState } from 'react';
import { Fault } from '../content/fault';
import { useWords } from '../content/words';
import { Button, Dialog, Waiting } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { useHelpHere, useHelpText } from './help-texts';
import { startVisit } from './visit-progress';

const useTexts = defineTexts('help', {
  fr: { help: 'Aide', visit: 'Refaire la visite' },
  en: { help: 'Help', visit: 'Take the tour again' },
});

/** What the page that is shown is for, in a few lines, where one is. */
export const Help = () => {
  const say = useTexts();
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useHelpText(useHelpHere(), isOpen);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button look="plain" onClick={() => setOpen(true)}>
        {say('help')}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={data?.title ?? say('help')}>
        {data ? <div className="stack tight" dangerouslySetInnerHTML={{ __html: data.html }} /> : null}
        {error ? <Fault fault={error} /> : null}
        {data || error ? null : <Waiting label={words('waiting')} />}
        <div className="row">
          <Button onClick={close}>{words('close')}</Button>
          <Button
            look="plain"
            onClick={() => {
              startVisit();
              close();
            }}
          >
            {say('visit')}
          </Button>
        </div>
      </Dialog>
    </>
  );
};
