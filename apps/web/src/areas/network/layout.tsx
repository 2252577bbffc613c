import { defineTexts } from '../../i18n/define-texts';
import { Desk } from '../../shell/desk';

const useSettingsTexts = defineTexts('network-settings', {
  fr: { desk: 'Réglages du réseau', policy: 'Réglages', charter: 'Charte', mediators: 'Médiateurs' },
  en: { desk: 'Settings of the network', policy: 'Settings', charter: 'Charter', mediators: 'Mediators' },
});

const PAGES = [
  { to: '/n/$networkId/network', label: 'policy' },
  { to: '/n/$networkId/network/charter', label: 'charter' },
  { to: '/n/$networkId/network/mediators', label: 'mediators' },
] as const;

/** What a network's lead sets, and the way from one to the other. */
export const NetworkSettingsLayout = () => <Desk say={useSettingsTexts()} pages={PAGES} />;
