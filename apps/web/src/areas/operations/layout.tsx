import { useRoles } from '../../session/session';
import { Desk } from '../../shell/desk';
import { useOperationTexts } from './texts';

const PAGES = [
  { to: '/n/$networkId/operations', label: 'projections' },
  { to: '/n/$networkId/operations/acts', label: 'acts' },
] as const;

/** An operator's pages; who leads a network reads there what operators did. */
export const OperationsLayout = () => {
  const say = useOperationTexts();
  return <Desk say={say} pages={useRoles().has('operator') ? PAGES : []} />;
};
