import { IdentityLookup } from '../../content/identity-lookup';
import { Page } from '../../design/parts';
import { useProtectionTexts } from './texts';

export const OfficerIdentity = () => {
  const say = useProtectionTexts();
  return (
    <Page title={say('identity-title')} lead={say('identity-lead')}>
      <IdentityLookup />
    </Page>
  );
};
