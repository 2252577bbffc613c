import { defineTexts } from '../../i18n/define-texts';

export const useCharterTexts = defineTexts('charter', {
  fr: {
    title: 'Charte du réseau',
    lead: 'Les mots que chaque personne accepte en entrant (R1). Chaque version reste lisible ; aucune n’est modifiée.',
    none: 'Pas encore de charte',
    'none-text': 'Tant qu’elle n’est pas publiée, personne ne peut entrer dans le réseau. Écrivez-la ci-dessous.',
    'in-force': 'Version {{version}}, en vigueur',
    earlier: 'Version {{version}}, remplacée depuis',
    version: 'Version à lire',
    'version-n': 'Version {{version}}',
    published: 'Publiée le {{day}}',
    'in-fr': 'En français',
    'in-en': 'En anglais',
    'not-written': 'Pas écrite dans cette langue ; qui la lit la voit dans l’autre.',
    next: 'Écrire la version {{version}}',
    'next-text':
      'Partez du texte en vigueur. Ce que vous écrivez est gardé dans ce navigateur jusqu’à la publication. La charte est en clair et pour toujours : n’y nommez personne.',
    'needs-default': 'La charte se lit au moins dans la langue du réseau (R1).',
    same: 'C’est le texte en vigueur : il n’y a rien à publier.',
    preview: 'Relire avant de publier',
    'preview-title': 'Version {{version}}, telle qu’on la lira',
    asks: 'Qui entre à partir de maintenant accepte cette version. Les membres la trouvent annoncée sur leur page et l’acceptent dans leur compte ; personne n’est suspendu d’ici là. Une version publiée ne se retire pas : une suivante la remplace.',
    'asks-first':
      'Dès la publication, on peut entrer dans le réseau en l’acceptant. Une version publiée ne se retire pas : une suivante la remplace.',
    publish: 'Publier la version {{version}}',
  },
  en: {
    title: 'Charter of the network',
    lead: 'The words that everybody accepts who enters (R1). Each version can still be read; none is changed.',
    none: 'No charter yet',
    'none-text': 'Until it is published nobody can enter the network. Write it below.',
    'in-force': 'Version {{version}}, in force',
    earlier: 'Version {{version}}, replaced since',
    version: 'Version to read',
    'version-n': 'Version {{version}}',
    published: 'Published on {{day}}',
    'in-fr': 'In French',
    'in-en': 'In English',
    'not-written': 'Not written in this language; whoever reads it sees the other one.',
    next: 'Write version {{version}}',
    'next-text':
      'Start from the text in force. What you write is kept in this browser until it is published. A charter lies in clear and for good: name nobody in it.',
    'needs-default': 'The charter is read in the network’s language at least (R1).',
    same: 'This is the text in force: there is nothing to publish.',
    preview: 'Read it before publishing',
    'preview-title': 'Version {{version}}, as it will be read',
    asks: 'Whoever enters from now on accepts this version. Members find it announced on their page and accept it in their account; nobody is suspended until then. A version that is published is not taken back: the next one replaces it.',
    'asks-first':
      'Once it is published, people can enter the network by accepting it. A version that is published is not taken back: the next one replaces it.',
    publish: 'Publish version {{version}}',
  },
});
