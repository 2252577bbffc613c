import { IdentityLookup } from '../../content/identity-lookup';
import { Page } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';

const useIdentityPageTexts = defineTexts('identity-page', {
  fr: {
    title: 'Qui est-ce',
    lead: 'Le nom derrière un identifiant, là où le dossier l’exige. La personne lira qu’on l’a cherché : dans quel rôle, à quelle fin, quand.',
  },
  en: {
    title: 'Who is it',
    lead: 'The name behind an id, where the case needs one. The person will read that it was looked up: in which role, to what end, when.',
  },
});

export const Identity = () => {
  const say = useIdentityPageTexts();
  return (
    <Page title={say('title')} lead={say('lead')}>
      <IdentityLookup />
    </Page>
  );
};
