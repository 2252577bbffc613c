import { createHash } from 'node:crypto';
import type { Language } from '#domain/vocabulary';
import type { PersonRole } from '../../installation/access';
import type { KnownIdentity } from './identities';

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1d2430; background: #fff }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem }
  ul { list-style: none; padding: 0; margin: 1.5rem 0 }
  button { font: inherit; width: 100%; text-align: left; padding: .6rem .9rem; margin: 0 0 .4rem; border: 1px solid #8a94a6; border-radius: .4rem; background: #fff; color: inherit; cursor: pointer }
  button:hover { background: #eef2f8 }
  button:focus-visible, input:focus-visible { outline: 3px solid #1f5fbf; outline-offset: 1px }
  small { display: block; color: #515c6e }
  label { display: block; margin-top: 1rem }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem .7rem; border: 1px solid #6b7689; border-radius: .4rem; margin: .2rem 0 .4rem }
  .wrong { color: #a4161a }
`;

/** As a content security policy names it. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

const ROLES: Readonly<Record<PersonRole, Readonly<Record<Language, string>>>> = {
  member: { en: 'member', fr: 'membre' },
  mediator: { en: 'mediator', fr: 'médiation' },
  facilitator: { en: 'facilitator', fr: 'animation' },
  'network-lead': { en: 'network lead', fr: 'responsable du réseau' },
  hr: { en: 'human resources', fr: 'ressources humaines' },
  auditor: { en: 'auditor', fr: 'audit' },
  dashboard: { en: 'dashboards', fr: 'tableaux de bord' },
  operator: { en: 'operator', fr: 'exploitation' },
  'data-protection-officer': { en: 'data protection officer', fr: 'protection des données' },
};

const TEXTS = {
  en: {
    title: 'Who are you today?',
    lead: 'This page belongs to the demo: one click, and you are that person. Your company’s own sign-in takes its place.',
    other: 'Somebody else of the demo, by subject (such as demo-7)',
    go: 'Sign in as this person',
    unknown: 'A subject is made of letters, digits, and . _ @ -',
    new: 'A new person',
    newRole: 'may become a member; has not entered yet',
  },
  fr: {
    title: 'Qui êtes-vous aujourd’hui ?',
    lead: 'Cette page appartient à la démo : un clic, et vous êtes cette personne. La connexion de votre entreprise prendra sa place.',
    other: 'Une autre personne de la démo, par son identifiant (comme demo-7)',
    go: 'Se connecter comme cette personne',
    unknown: 'Un identifiant se compose de lettres, de chiffres et de . _ @ -',
    new: 'Une nouvelle personne',
    newRole: 'peut devenir membre ; n’est pas encore entrée',
  },
} as const;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const choice = (name: string, value: string, [who, what]: readonly [string, string]): string =>
  `<li><form method="post"><button name="${name}" value="${escaped(value)}">${escaped(who)}<small>${escaped(what)}</small></button></form></li>`;

/** Members have names; those who only work for the network go by what they do. */
const shown = ({ subject, name, role }: KnownIdentity, language: Language): readonly [string, string] =>
  name === null ? [ROLES[role][language], subject] : [name, ROLES[role][language]];

/** Works without a script. */
export const signInPage = (
  players: readonly KnownIdentity[],
  { language, isUnknown }: { readonly language: Language; readonly isUnknown: boolean },
): string => {
  const texts = TEXTS[language];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${texts.title}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${texts.title}</h1>
<p>${texts.lead}</p>
<ul>
${players.map((player) => choice('subject', player.subject, shown(player, language))).join('\n')}
${choice('new', '1', [texts.new, texts.newRole])}
</ul>
<form method="post">
<label for="subject">${texts.other}</label>
<input id="subject" name="subject" autocomplete="off" required maxlength="100"${isUnknown ? ' aria-describedby="wrong" aria-invalid="true"' : ''}>
${isUnknown ? `<p class="wrong" id="wrong">${texts.unknown}</p>` : ''}
<button>${texts.go}</button>
</form>
</main>
</body>
</html>
`;
};
