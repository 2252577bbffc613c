import type { Language } from '#domain/vocabulary';

type Both = Readonly<Record<Language, readonly string[]>>;

/** `%` stands for the topic. */
export const offerWordings: Both = {
  fr: [
    'Je peux transmettre ce que je pratique chaque semaine : %.',
    '% : partir de vos propres cas et les traiter ensemble.',
    'Découvrir % en trois étapes, avec des exemples du service.',
    'Je montre mes façons de faire pour % ; chacun repart avec un mémo.',
    'Apprendre % sur le poste, à votre rythme.',
  ],
  en: [
    'I can pass on what I practise every week: %.',
    '%: starting from your own cases, worked through together.',
    'Discover % in three steps, with examples from the job.',
    'I show how I go about %; you leave with a one-page reminder.',
  ],
};
export const requestWordings: Both = {
  fr: [
    'Je voudrais être à l’aise avec % dans mon travail quotidien.',
    'J’ai besoin des bases de % pour un nouveau poste.',
    'Comprendre % et savoir m’en servir seul ensuite.',
    'Progresser en % : je bloque souvent aux mêmes endroits.',
  ],
  en: [
    'I would like to be at ease with % in my daily work.',
    'I need the basics of % for a new position.',
    'To understand % and then manage on my own.',
    'To get better at %: I keep getting stuck at the same points.',
  ],
};
export const methods: Both = {
  fr: ['Démonstration puis pratique', 'Étude de cas réels', 'Observation sur le poste', 'Exercices guidés et questions'],
  en: ['Demonstration, then practice', 'Working through real cases', 'Watching on the job', 'Guided exercises and questions'],
};
export const criteria: Both = {
  fr: ['Savoir le refaire seul', 'Comprendre le principe', 'Repartir avec un mémo utilisable', 'Gagner du temps sur une tâche réelle'],
  en: ['Able to do it alone', 'Understand the principle', 'Leave with a usable reminder', 'Save time on a real task'],
};
export const places: Both = {
  fr: ['Salle de réunion du premier étage', 'Espace de repos', 'À distance', 'Sur le poste de travail'],
  en: ['First floor meeting room', 'Break room', 'Remote', 'At the workstation'],
};
export const comments: Both = {
  fr: [
    'Très concret, j’ai pu l’appliquer dès le lendemain.',
    'Échange agréable ; il aurait fallu une séance de plus.',
    'Bien préparé, beaucoup de patience.',
    'Un peu rapide pour moi sur la fin.',
    'J’ai appris autant que j’ai transmis.',
  ],
  en: [
    'Very concrete: I used it the very next day.',
    'A pleasant exchange; one more session would have helped.',
    'Well prepared, and very patient.',
    'A little fast for me towards the end.',
  ],
};
export const usedExamples: Both = {
  fr: ['Dans le suivi mensuel de l’équipe.', 'Pour préparer une réunion.', 'Chaque semaine sur mon poste.'],
  en: ['In the monthly follow-up of the team.', 'To prepare a meeting.', 'Every week at my desk.'],
};
export const contestTexts: Both = {
  fr: ['Cela me paraît être un service rendu plutôt qu’un savoir transmis.', 'L’intitulé ne correspond pas au contenu.'],
  en: ['This looks like a service rather than knowledge passed on.', 'The wording does not match the content.'],
};
export const disputeTexts: Both = {
  fr: ['Le contenu n’était pas celui du contrat.', 'Les horaires convenus n’ont pas été tenus.', 'Le ton a été déplacé.'],
  en: ['The content was not what we had agreed.', 'The agreed times were not kept.', 'The tone was out of place.'],
};
export const incidentTexts: Both = {
  fr: ['Un document interne a été montré sans précaution.', 'Une remarque déplacée a été faite devant le groupe.'],
  en: ['An internal document was shown without care.', 'An inappropriate remark was made before the group.'],
};
export const settleTexts: Both = {
  fr: ['Entretien avec les deux personnes ; accord trouvé.', 'Rappel de la charte ; suite donnée.'],
  en: ['Talked with both; an agreement was found.', 'Reminder of the charter; followed up.'],
};

export const charters = [
  {
    fr: 'Chacun offre et demande. Les échanges sont gratuits, volontaires et réciproques. Personne n’est classé.',
    en: 'Everybody offers and asks. Exchanges are free, voluntary and reciprocal. Nobody is ranked.',
  },
  {
    fr: 'Chacun offre et demande. Les échanges sont gratuits, volontaires et réciproques. Personne n’est classé. Les horaires de travail sont respectés.',
    en: 'Everybody offers and asks. Exchanges are free, voluntary and reciprocal. Nobody is ranked. Working hours are respected.',
  },
] as const;
