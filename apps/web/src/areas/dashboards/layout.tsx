import { Outlet, useSearch } from '@tanstack/react-router';
import '../../design/dashboards.css';
import { defineTexts } from '../../i18n/define-texts';
import { useRoles, type Role } from '../../session/session';
import { DeskMenu, type Desk } from '../../shell/desk-menu';
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
  readonly to: Desk['to'];
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
  const { asOf } = useSearch({ strict: false });
  const own = useRoles();
  const desks = PAGES.filter(({ roles }) => roles.some((role) => own.has(role))).map(({ to, label }) => ({ to, label: say(label) }));
  return (
    <div className="stack">
      <DeskMenu label={say('dashboards')} desks={desks} search={asOf === undefined ? {} : { asOf }} />
      <AsOf />
      <Outlet />
    </div>
  );
};
