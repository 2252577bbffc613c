import { Link, Navigate, Outlet, useChildMatches, useParams, useRouter, type LinkProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { OpenNetwork } from '../areas/network/open-network';
import { Fault } from '../content/fault';
import { useWords } from '../content/words';
import { Notice, Waiting } from '../design/parts';
import { defineTexts } from '../i18n/define-texts';
import { NetworkContext, useSession, type OwnNetwork, type Role } from '../session/session';
import { FirstVisit } from '../help/first-visit';
import { Help } from '../help/help';
import { Menu } from './menu';
import { Shell } from './shell';

const useNavigationTexts = defineTexts('navigation', {
  fr: {
    'my-page': 'Ma page',
    directory: 'Annuaire',
    mediation: 'Médiation',
    facilitation: 'Animation',
    dashboards: 'Tableaux de bord',
    audit: 'Audit',
    'data-protection': 'Protection des données',
    hours: 'Mes heures',
    account: 'Mon compte',
    operations: 'Exploitation',
    about: 'À propos',
    risks: 'Risques à traiter',
    rounds: 'Tours',
    acts: 'Interventions',
    join: 'Entrer dans le réseau',
    settings: 'Réglages',
    'training-hours': 'Heures de formation',
    navigation: 'Pages du réseau',
    menu: 'Menu',
    own: 'Pour moi',
    desks: 'Mes bureaux',
    network: 'Le réseau',
    'no-network': 'Vous n’avez pas de rôle dans ce réseau. Demandez-en un à qui gère les accès, ou choisissez un autre réseau.',
  },
  en: {
    'my-page': 'My page',
    directory: 'Directory',
    mediation: 'Mediation',
    facilitation: 'Facilitation',
    dashboards: 'Dashboards',
    audit: 'Audit',
    'data-protection': 'Data protection',
    hours: 'My hours',
    account: 'My account',
    operations: 'Operations',
    about: 'About',
    risks: 'Risks to settle',
    rounds: 'Rounds',
    acts: 'Interventions',
    join: 'Enter the network',
    settings: 'Settings',
    'training-hours': 'Training hours',
    navigation: 'Pages of the network',
    menu: 'Menu',
    own: 'For me',
    desks: 'My desks',
    network: 'The network',
    'no-network': 'You have no role in this network. Ask whoever manages access for one, or choose another network.',
  },
});

interface NavigationLink {
  readonly to: LinkProps['to'] & `/n/$networkId${string}`;
  readonly label: Parameters<ReturnType<typeof useNavigationTexts>>[0];
  readonly group: Group;
  readonly roles: readonly Role[];
}

const GROUPS = ['own', 'desks', 'network'] as const;
type Group = (typeof GROUPS)[number];

/** What each role finds in the bar; membership comes on top. */
const LINKS: readonly NavigationLink[] = [
  { to: '/n/$networkId', label: 'my-page', group: 'own', roles: ['member'] },
  { to: '/n/$networkId/directory', label: 'directory', group: 'own', roles: ['member', 'mediator', 'facilitator', 'network-lead'] },
  { to: '/n/$networkId/hours', label: 'hours', group: 'own', roles: ['member'] },
  { to: '/n/$networkId/account', label: 'account', group: 'own', roles: ['member'] },
  { to: '/n/$networkId/mediation', label: 'mediation', group: 'desks', roles: ['mediator'] },
  { to: '/n/$networkId/facilitation', label: 'facilitation', group: 'desks', roles: ['facilitator'] },
  { to: '/n/$networkId/audit', label: 'audit', group: 'desks', roles: ['auditor'] },
  { to: '/n/$networkId/data-protection', label: 'data-protection', group: 'desks', roles: ['data-protection-officer'] },
  { to: '/n/$networkId/dashboards', label: 'dashboards', group: 'network', roles: ['network-lead', 'auditor', 'dashboard'] },
  { to: '/n/$networkId/operations', label: 'operations', group: 'desks', roles: ['operator'] },
  { to: '/n/$networkId/facilitation/cases', label: 'risks', group: 'network', roles: ['network-lead'] },
  { to: '/n/$networkId/facilitation/rounds', label: 'rounds', group: 'network', roles: ['network-lead'] },
  { to: '/n/$networkId/operations/acts', label: 'acts', group: 'network', roles: ['network-lead'] },
  { to: '/n/$networkId/network', label: 'settings', group: 'network', roles: ['network-lead'] },
  { to: '/n/$networkId/training-hours', label: 'training-hours', group: 'network', roles: ['hr'] },
  {
    to: '/n/$networkId/about',
    label: 'about',
    group: 'network',
    roles: ['member', 'mediator', 'facilitator', 'network-lead', 'hr', 'auditor', 'operator', 'data-protection-officer'],
  },
];

const JOIN: NavigationLink = { to: '/n/$networkId/join', label: 'join', group: 'own', roles: ['member'] };

/** Whoever left still evaluates what was held, and asks for the erasure, before anything else (R13, R19). */
const isOutside = ({ membership }: OwnNetwork): boolean => membership === null || membership === 'erased';

/** Who is to confirm an entry made in their name decides that first; their data is theirs all the same (R6). */
const isUndecided = ({ membership, roles }: OwnNetwork): boolean =>
  membership === 'applied' && roles.every((role) => role === 'member' || role === 'operator');
const BEFORE_DECIDING = ['/', '/join', '/account'].map((path) => `/n/$networkId${path}`);
/** Whoever left reads the directory no more, but for their other roles (§7). */
const isReached = (network: OwnNetwork, { label, roles }: NavigationLink): boolean => {
  if (isUndecided(network)) return label !== 'directory' && label !== 'hours';
  return (
    label !== 'directory' ||
    network.membership !== 'left' ||
    network.roles.some((role) => role !== 'member' && roles.includes(role as Role))
  );
};

/** Whoever is not in the network yet, or no more, has the way in and the desks of their roles. */
const linksFor = (network: OwnNetwork): readonly NavigationLink[] => {
  const links = LINKS.filter((link) => link.roles.some((role) => network.roles.includes(role)) && isReached(network, link));
  if (!network.roles.includes('member') || !isOutside(network)) return links;
  return [JOIN, ...links.filter(({ roles }) => network.roles.some((role) => role !== 'member' && roles.includes(role as Role)))];
};

const Navigation = ({ network }: { readonly network: OwnNetwork }) => {
  const say = useNavigationTexts();
  const links = linksFor(network);
  const groups = GROUPS.filter((group) => links.some((link) => link.group === group));
  return (
    <Menu label={say('navigation')} button={say('menu')} look="site">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={say(group)}>
          {groups.length > 1 ? (
            <span className="menu-group" aria-hidden="true">
              {say(group)}
            </span>
          ) : null}
          <ul>
            {links
              .filter((link) => link.group === group)
              .map(({ to, label }) => (
                <li key={to}>
                  <Link
                    to={to as '/n/$networkId'}
                    params={{ networkId: network.networkId }}
                    activeOptions={{ exact: to === '/n/$networkId', includeSearch: false }}
                  >
                    {say(label)}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </Menu>
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
  const page = useChildMatches({ select: ([child]) => child?.routeId });
  const isHome = page === '/n/$networkId/';
  const { data: session, error, isPending, refetch } = useSession();
  const say = useNavigationTexts();
  const words = useWords();
  const network = session?.networks.find((one) => one.networkId === networkId) as OwnNetwork | undefined;
  if (isPending || error)
    return <Shell>{error ? <Fault fault={error} onRetry={() => void refetch()} /> : <Waiting label={words('waiting')} />}</Shell>;
  if (!session?.signedIn) return <ToFirstPage />;
  if (session.toOpen.includes(networkId))
    return (
      <Shell>
        <OpenNetwork networkId={networkId} />
      </Shell>
    );
  if (!network)
    return (
      <Shell>
        <Notice tone="warn">{say('no-network')}</Notice>
      </Shell>
    );
  if (isHome && network.roles.includes('member') && isOutside(network))
    return <Navigate to="/n/$networkId/join" params={{ networkId }} replace />;
  if (page && isUndecided(network) && !BEFORE_DECIDING.includes(page))
    return <Navigate to="/n/$networkId" params={{ networkId }} replace />;
  const links = linksFor(network);
  const desk = links.find(({ group }) => group !== 'own') ?? links[0];
  if (isHome && desk && !network.roles.includes('member'))
    return <Navigate to={desk.to as '/n/$networkId'} params={{ networkId }} replace />;
  const visited = links.includes(JOIN) ? [] : links.map(({ to, label }) => ({ to, label: say(label) }));
  return (
    <NetworkContext.Provider value={network}>
      <Shell navigation={<Navigation network={network} />} help={<Help />}>
        <FirstVisit pages={visited} />
        <Outlet />
      </Shell>
    </NetworkContext.Provider>
  );
};
