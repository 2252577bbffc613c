import type { InEachLanguage } from './problem';

/** What each kind of rule says of a field: as the validator words it, its numbers and names in the places of French. */
const RULES: readonly (readonly [en: RegExp, fr: string])[] = [
  [/^must be a string$/, 'doit être un texte'],
  [/^must be a boolean value$/, 'doit être vrai ou faux : true ou false'],
  [/^must be an integer number$/, 'doit être un nombre entier'],
  [/^must be a number conforming to the specified constraints$/, 'doit être un nombre'],
  [/^must not be less than (\S+)$/, 'doit valoir au moins $1'],
  [/^must not be greater than (\S+)$/, 'doit valoir au plus $1'],
  [/^must be shorter than or equal to (\d+) characters$/, 'ne doit pas dépasser $1 caractères'],
  [/^must be longer than or equal to (\d+) characters$/, 'doit compter au moins $1 caractères'],
  [/^must be longer than or equal to (\d+) and shorter than or equal to (\d+) characters$/, 'doit compter de $1 à $2 caractères'],
  [/^must be one of the following values: (.*)$/, 'doit être l’une de ces valeurs : $1'],
  [/^must be an email$/, 'doit être une adresse électronique'],
  [/^must be a UUID$/, 'doit être un identifiant (UUID)'],
  [/^must be a valid IANA time-zone$/, 'doit être un fuseau horaire IANA, comme Europe/Paris'],
  [/^must be an array$/, 'doit être une liste'],
  [/^must be an object$/, 'doit être un objet'],
  [/^must hold no more than (\d+) values in all$/, 'ne doit pas contenir plus de $1 valeurs en tout'],
  [/^must be a JSON object$/, 'doit être un objet JSON'],
  [/^must contain at least (\d+) elements$/, 'doit compter au moins $1 éléments'],
  [/^must contain no more than (\d+) elements$/, 'doit compter au plus $1 éléments'],
  [/^All .*elements must be unique$/, 'ne doit rien contenir deux fois'],
  [/^nested property .*must be either object or array$/, 'doit être un objet ou une liste'],
  [/^must be an ISO 8601 instant with a time zone, and exist$/, 'doit être un instant ISO 8601 avec fuseau horaire, qui existe'],
  [
    /^must be an instant with a time zone that exists, or a position as a command answered it$/,
    'doit être un instant avec fuseau horaire, qui existe, ou une position telle qu’une commande l’a donnée',
  ],
  [/^must be a position as a command answered it$/, 'doit être une position telle qu’une commande l’a donnée'],
  [/^must be a day that exists, as 2026-03-01$/, 'doit être un jour qui existe, comme 2026-03-01'],
  [/^must be a month, as 2026-03$/, 'doit être un mois, comme 2026-03'],
  [/^must not lie before (\w+)$/, 'ne doit pas précéder $1'],
  [/^must hold something visible, and no control characters$/, 'doit contenir quelque chose de visible, et aucun caractère de contrôle'],
  [
    /^must be one line that holds something visible, and no control characters$/,
    'doit être une seule ligne, avec quelque chose de visible et aucun caractère de contrôle',
  ],
  [/^must hold no control characters$/, 'ne doit contenir aucun caractère de contrôle'],
  [/^must hold three characters in a row, or more$/, 'doit contenir au moins trois caractères qui se suivent'],
  [/^must hold two letters in a row, or more$/, 'doit contenir au moins deux lettres qui se suivent'],
  [/^must be the beginning of an id$/, 'doit être le début d’un identifiant'],
  [/^must be the next of the page before$/, 'doit être le « next » de la page précédente'],
  [/^must be a code$/, 'doit être un code : lettres, chiffres, point, tiret'],
  [/^must be a URI$/, 'doit être un URI'],
  [/^must be a name or an id$/, 'doit être un nom ou un identifiant'],
  [/^must be a path of this site$/, 'doit être un chemin de ce site'],
  [/^must give whole numbers by site:CODE or unit:CODE$/, 'doit donner des nombres entiers par site:CODE ou unit:CODE'],
  [/^must be the id of an event of this feed$/, 'doit être l’identifiant d’un événement de ce flux'],
  [/^an unknown field: leave it out$/, 'champ inconnu : ne l’envoyez pas'],
  [/^1 to 255 visible ASCII characters$/, 'de 1 à 255 caractères ASCII visibles'],
  [/^a UUID in lower case$/, 'un UUID en minuscules'],
  [/^give back the one that came with the page before$/, 'rendez celui que la page précédente a donné'],
];

const EACH = /^each value in /;

const french = (rule: string): string | undefined => {
  const [en, fr] = RULES.find(([known]) => known.test(rule)) ?? [];
  return en && fr ? rule.replace(en, fr) : undefined;
};

/** The field stands beside the message: it is not said in it again. A rule that has no French is said in English. */
export const fieldRule = (message: string, field = ''): InEachLanguage => {
  const said = message.replace(EACH, '');
  const rule = field !== '' && said.startsWith(`${field} must`) ? said.slice(field.length + 1) : said;
  const isEach = EACH.test(message);
  const fr = french(rule);
  const en = isEach ? `each value ${rule}` : rule;
  return { en, fr: fr === undefined ? en : isEach ? `chaque valeur ${fr}` : fr };
};
