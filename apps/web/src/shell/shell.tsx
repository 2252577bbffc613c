import { Link, Outlet } from '@tanstack/react-router';
import { useSyncExternalStore, type PropsWithChildren, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { languageNow, speak } from '../i18n/language';
import { useSession, useSignOut } from '../session/session';
import { Logo } from './logo';
import { themeNow, turnTheme } from './theme';

export const useShellTexts = defineTexts('shell', {
  fr: {
    skip: 'Aller au contenu',
    home: 'Savoirs, accueil',
    'sign-out': 'Se déconnecter',
    language: 'English',
    'to-light': 'Passer au thème clair',
    'to-dark': 'Passer au thème sombre',
    offline: 'Vous êtes hors connexion. Ce que vous écrivez est gardé ; vous pourrez l’envoyer ensuite.',
    about: 'Chacun apprend, chacun transmet. Ni notes, ni crédits, ni classement.',
    rules: 'Les règles du réseau',
    api: 'L’API',
    networks: 'Changer de réseau',
  },
  en: {
    skip: 'Skip to the content',
    home: 'Savoirs, home',
    'sign-out': 'Sign out',
    language: 'Français',
    'to-light': 'Switch to the light theme',
    'to-dark': 'Switch to the dark theme',
    offline: 'You are offline. What you write is kept; you can send it later.',
    about: 'Everybody learns, everybody passes on. No marks, no credits, no ranking.',
    rules: 'The network’s rules',
    api: 'The API',
    networks: 'Change network',
  },
});

const onlineChanges = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

/** What stands around every page: where one is, in which language, and the way out. */
export const Shell = ({ navigation, help, children }: PropsWithChildren<{ navigation?: ReactNode; help?: ReactNode }>) => {
  const say = useShellTexts();
  const { i18n } = useTranslation();
  const { data: session } = useSession();
  const signOut = useSignOut();
  const isOnline = useSyncExternalStore(onlineChanges, () => navigator.onLine);
  const theme = useSyncExternalStore(themeNow.subscribe, themeNow.get);
  return (
    <>
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="site-header no-print">
        <div>
          <Link to="/" className="site-logo" aria-label={say('home')}>
            <Logo />
            Savoirs
          </Link>
          {navigation}
          <div className="site-tools">
            {help}
            <Button
              look="plain"
              lang={languageNow() === 'fr' ? 'en' : 'fr'}
              onClick={() => void speak(i18n.language === 'fr' ? 'en' : 'fr')}
            >
              {say('language')}
            </Button>
            <Button look="plain" aria-label={say(theme === 'dark' ? 'to-light' : 'to-dark')} onClick={turnTheme}>
              <span aria-hidden="true">{theme === 'dark' ? '☀' : '☾'}</span>
            </Button>
            {session?.signedIn ? (
              <Button look="plain" onClick={() => void signOut()}>
                {say('sign-out')}
              </Button>
            ) : null}
          </div>
        </div>
        {isOnline ? null : (
          <p className="banner" role="status">
            {say('offline')}
          </p>
        )}
      </header>
      <main className="site-main" id="content">
        {children ?? <Outlet />}
      </main>
      <footer className="site-footer no-print">
        <div>
          <span>{say('about')}</span>
          <a href="/docs/rules">{say('rules')}</a>
          <a href="/docs">{say('api')}</a>
        </div>
      </footer>
    </>
  );
};
