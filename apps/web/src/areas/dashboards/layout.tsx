import { Link, Outlet, type LinkProps } from '@tanstack/react-router';
import '../../design/dashboards.css';
import { defineTexts } from '../../i18n/define-texts';
import { useNetwork, useRoles, type Role } from '../../session/session';
import { AsOf } from './as-of';

const useDashboardTexts = defineTexts('dashboards', {
  fr: {
    dashboards: 'Tableaux de bord',
    risk: 'Risques',
    flow: 'Parcours et réciprocité',
    topics: 'Thèmes qui manquent',
    satisfaction: 'Satisfaction',
    hours: 'Heures de formation',
  },
  en: {
    dashboards: 'Dashboards',
    risk: 'Risk',
    flow: 'Funnel and reciprocity',
    topics: 'Topics in need',
    satisfaction: 'Satisfaction',
    hours: 'Training hours',
  },
});

const ALL: readonly Role[] = ['network-lead', 'auditor', 'dashboard'];

interface DashboardLink {
  readonly to: LinkProps['to'] & string;
  readonly label: Parameters<ReturnType<typeof useDashboardTexts>>[0];
  readonly roles: readonly Role[];
}

const PAGES: readonly DashboardLink[] = [
  { to: '/n/$networkId/dashboards', label: 'risk', roles: ALL },
  { to: '/n/$networkId/dashboards/flow', label: 'flow', roles: ALL },
  { to: '/n/$networkId/dashboards/topics', label: 'topics', roles: ['network-lead'] },
  { to: '/n/$networkId/dashboards/satisfaction', label: 'satisfaction', roles: ALL },
  { to: '/n/$networkId/dashboards/hours', label: 'hours', roles: ['network-lead', 'dashboard'] },
];

/** The dashboards, and the day of which they speak. */
export const DashboardsLayout = () => {
  const say = useDashboardTexts();
  const { networkId } = useNetwork();
  const own = useRoles();
  return (
    <div className="stack">
      <nav className="desk-nav no-print" aria-label={say('dashboards')}>
        <ul>
          {PAGES.filter(({ roles }) => roles.some((role) => own.has(role))).map(({ to, label }) => (
            <li key={to}>
              <Link
                to={to as '/n/$networkId/dashboards'}
                params={{ networkId }}
                search={({ asOf }) => (asOf === undefined ? {} : { asOf })}
                activeOptions={{ exact: label === 'risk', includeSearch: false }}
              >
                {say(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <AsOf />
      <Outlet />
    </div>
  );
};
