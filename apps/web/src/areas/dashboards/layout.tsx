import { Link, Outlet } from '@tanstack/react-router';
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

const PAGES = [{ to: '/n/$networkId/dashboards', label: 'risk', roles: ALL }] as const;

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
                to={to}
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
