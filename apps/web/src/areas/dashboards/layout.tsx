import { useSearch } from '@tanstack/react-router';
import '../../design/dashboards.css';
import { defineTexts } from '../../i18n/define-texts';
import { useRoles, type Role } from '../../session/session';
import { Desk } from '../../shell/desk';
import { AsOf } from './as-of';

const useDashboardTexts = defineTexts('dashboards', {
  fr: {
    desk: 'Tableaux de bord',
    risk: 'Risques',
    flow: 'Parcours et réciprocité',
    topics: 'Thèmes qui manquent',
    satisfaction: 'Satisfaction',
    hours: 'Heures de formation',
  },
  en: {
    desk: 'Dashboards',
    risk: 'Risk',
    flow: 'Funnel and reciprocity',
    topics: 'Topics in need',
    satisfaction: 'Satisfaction',
    hours: 'Training hours',
  },
});

const ALL: readonly Role[] = ['network-lead', 'auditor', 'dashboard'];

const PAGES = [
  { to: '/n/$networkId/dashboards', label: 'risk', roles: ALL },
  { to: '/n/$networkId/dashboards/flow', label: 'flow', roles: ALL },
  { to: '/n/$networkId/dashboards/topics', label: 'topics', roles: ['network-lead'] },
  { to: '/n/$networkId/dashboards/satisfaction', label: 'satisfaction', roles: ALL },
  { to: '/n/$networkId/dashboards/hours', label: 'hours', roles: ['network-lead', 'dashboard'] },
] as const;

/** The dashboards, and the day of which they speak. */
export const DashboardsLayout = () => {
  const say = useDashboardTexts();
  const { asOf } = useSearch({ strict: false });
  const own = useRoles();
  const pages = PAGES.filter(({ roles }) => roles.some((role: Role) => own.has(role)));
  return (
    <Desk say={say} pages={pages} search={asOf === undefined ? {} : { asOf }}>
      <AsOf />
    </Desk>
  );
};
