import { Outlet } from '@tanstack/react-router';
import { defineTexts } from '../../i18n/define-texts';
import { DeskMenu } from '../../shell/desk-menu';

const useSettingsTexts = defineTexts('network-settings', {
  fr: { desk: 'Réglages du réseau', policy: 'Réglages', charter: 'Charte', mediators: 'Médiateurs' },
  en: { desk: 'Settings of the network', policy: 'Settings', charter: 'Charter', mediators: 'Mediators' },
});

const DESKS = [
  { to: '/n/$networkId/network', label: 'policy' },
  { to: '/n/$networkId/network/charter', label: 'charter' },
  { to: '/n/$networkId/network/mediators', label: 'mediators' },
] as const;

/** What a network's lead sets, and the way from one to the other. */
export const NetworkSettingsLayout = () => {
  const say = useSettingsTexts();
  return (
    <div className="stack">
      <DeskMenu label={say('desk')} desks={DESKS.map(({ to, label }) => ({ to, label: say(label) }))} />
      <Outlet />
    </div>
  );
};
