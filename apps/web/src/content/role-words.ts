import { defineTexts } from '../i18n/define-texts';

/** In which role somebody acts; `system` for what follows by itself. */
export const useRoleWords = defineTexts('roles', {
  fr: {
    member: 'membre',
    mediator: 'médiation',
    facilitator: 'animation',
    'network-lead': 'responsable du réseau',
    hr: 'ressources humaines',
    auditor: 'audit',
    dashboard: 'tableaux de bord',
    operator: 'exploitation',
    'data-protection-officer': 'protection des données',
    system: 'le système',
  },
  en: {
    member: 'member',
    mediator: 'mediator',
    facilitator: 'facilitator',
    'network-lead': 'network lead',
    hr: 'human resources',
    auditor: 'auditor',
    dashboard: 'dashboards',
    operator: 'operator',
    'data-protection-officer': 'data protection officer',
    system: 'the system',
  },
});
