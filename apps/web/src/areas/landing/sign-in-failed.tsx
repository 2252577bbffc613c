import { useSearch } from '@tanstack/react-router';
import { Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { Shell } from '../../shell/shell';

const useFailedTexts = defineTexts('sign-in-failed', {
  fr: {
    title: 'La connexion n’a pas abouti',
    text: 'Rien n’est perdu. Essayez à nouveau.',
    reason: 'Si cela se répète, donnez ce mot à qui exploite Savoirs : {{reason}}.',
    again: 'Essayer à nouveau',
  },
  en: {
    title: 'Sign-in did not succeed',
    text: 'Nothing is lost. Try again.',
    reason: 'If it happens once more, give this word to whoever operates Savoirs: {{reason}}.',
    again: 'Try again',
  },
});

export const SignInFailed = () => {
  const say = useFailedTexts();
  const { reason } = useSearch({ from: '/sign-in-failed' });
  return (
    <Shell>
      <Page title={say('title')} lead={say('text')}>
        {reason ? <p>{say('reason', { reason })}</p> : null}
        <p>
          <a className="button primary" href="/sign-in?returnTo=%2F">
            {say('again')}
          </a>
        </p>
      </Page>
    </Shell>
  );
};
