import { useState } from 'react';
import { IdentityLookup } from '../../content/identity-lookup';
import { Page } from '../../design/parts';
import { useProtectionTexts } from './texts';

export const OfficerIdentity = () => {
  const say = useProtectionTexts();
  const [memberId, setMemberId] = useState('');
  return (
    <Page title={say('identity-title')} lead={say('identity-lead')}>
      <IdentityLookup memberId={memberId} onChange={setMemberId} />
    </Page>
  );
};
