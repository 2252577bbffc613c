import { Link, Navigate, Outlet, useLocation, useParams, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Fault } from '../content/fault';
import { useWords } from '../content/words';
import { Notice, Waiting } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { NetworkContext, useSession, type OwnNetwork, type Role } from '../session/session';
import { Shell } from './shell';

const useNavigationTexts = defineTexts('navigation', {
  fr: {
    'my-page': 'Ma page',
    directory: 'Annuaire',
    mediation: 'Médiation',
    facilitation: 'Animation',
    hours: 'Mes heures',
    account: 'Mon compte',
    join: 'Entrer dans le réseau',
    'no-network': 'Vous n’avez pas de rôle dans ce réseau. Demandez-en un à qui gère les accès, ou choisissez un autre réseau.',
  },
  en: {
    'my-page': 'My page',
    directory: 'Directory',
    mediation: 'Mediation',
    facilitation: 'Facilitation',
    hours: 'My hours',
    account: 'My account',
    join: 'Enter the network',
    'no-network': 'You have no role in this network. Ask whoever manages access for one, or choose another network.',
  },
});

interface NavigationLink {
  readonly to: '/n/$networkId' | `/n/$networkId/${'directory' | 'hours' | 'account' | 'mediation' | 'facilitation' | 'join'}`;
  readonly label: 'my-page' | 'directory' | 'hours' | 'account' | 'mediation' | 'facilitation' | 'join';
  readonly roles: readonly Role[];
}

/** What each role finds in the bar; membership comes on top. */
const LINKS: readonly NavigationLink[] = [
  { to: '/n/$networkId', label: 'my-page', roles: ['member'] },
  { to: '/n/$networkId/directory', label: 'directory', roles: ['member', 'mediator', 'facilitator', 'network-lead'] },
  { to: '/n/$networkId/mediation', label: 'mediation', roles: ['mediator'] },
  { to: '/n/$networkId/facilitation', label: 'facilitation', roles: ['facilitator'] },
  { to: '/n/$networkId/hours', label: 'hours', roles: ['member'] },
  { to: '/n/$networkId/account', label: 'account', roles: ['member'] },
];

const JOIN: NavigationLink = { to: '/n/$networkId/join', label: 'join', roles: ['member'] };

/** Whoever left still evaluates what was held, and asks for the erasure, before anything else (R13, R19). */
const isOutside = ({ membership }: OwnNetwork): boolean => membership === null || membership === 'erased';

const linksFor = (network: OwnNetwork): readonly NavigationLink[] =>
  (network.roles.includes('member') && isOutside(network) ? [JOIN] : LINKS).filter(({ roles }) =>
    roles.some((role) => network.roles.includes(role)),
  );

const Navigation = ({ network }: { readonly network: OwnNetwork }) => {
  const say = useNavigationTexts();
  return (
    <ul>
      {linksFor(network).map(({ to, label }) => (
        <li key={to}>
          <Link to={to} params={{ networkId: network.networkId }} activeOptions={{ exact: to === '/n/$networkId', includeSearch: false }}>
            {say(label)}
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** Once, and with the address that was asked for: going there changes the address, and what is drawn by it. */
const ToFirstPage = () => {
  const { navigate, state } = useRouter();
  useEffect(() => {
    const { pathname, searchStr } = state.location;
    void navigate({ to: '/', search: { returnTo: `${pathname}${searchStr}` }, replace: true });
  }, []);
  return null;
};

/** Around every page of one network: who one is in it. Whoever has no membership yet is led to the entry, who only works for it to their desk. */
export const NetworkLayout = () => {
  const { networkId } = useParams({ from: '/n/$networkId' });
  const { pathname } = useLocation();
  const { data: session, error, isPending, refetch } = useSession();
  const say = useNavigationTexts();
  const words = useWords();
  const network = session?.networks.find((one) => one.networkId === networkId) as OwnNetwork | undefined;
  if (isPending || error)
    return <Shell>{error ? <Fault fault={error} onRetry={() => void refetch()} /> : <Waiting label={words('waiting')} />}</Shell>;
  if (!session?.signedIn) return <ToFirstPage />;
  if (!network)
    return (
      <Shell>
        <Notice tone="warn">{say('no-network')}</Notice>
      </Shell>
    );
  const home = `/n/${networkId}`;
  if (network.roles.includes('member') && isOutside(network) && pathname.replace(/\/$/, '') === home)
    return <Navigate to="/n/$networkId/join" params={{ networkId }} replace />;
  const desk = linksFor(network).at(-1);
  if (desk && !network.roles.includes('member') && pathname.replace(/\/$/, '') === home)
    return <Navigate to={desk.to} params={{ networkId }} replace />;
  return (
    <NetworkContext.Provider value={network}>
      <Shell navigation={<Navigation network={network} />}>
        <Outlet />
      </Shell>
    </NetworkContext.Provider>
  );
};
