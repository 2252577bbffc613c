import { Link } from '@tanstack/react-router';
import { Page } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';

const useNotFoundTexts = defineTexts('not-found', {
  fr: { title: 'Cette page n’existe pas', home: 'Retour à l’accueil' },
  en: { title: 'There is no such page', home: 'Back to the home page' },
});

export const NotFound = () => {
  const say = useNotFoundTexts();
  return (
    <Page title={say('title')}>
      <p>
        <Link to="/" className="button primary">
          {say('home')}
        </Link>
      </p>
    </Page>
  );
};
