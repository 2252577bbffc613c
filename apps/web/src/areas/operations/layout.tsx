import { Outlet } from '@tanstack/react-router';
import { useRoles } from '../../session/session';
import { DeskMenu } from '../../shell/desk-menu';
import { useOperationTexts } from './texts';

/** An operator's pages; who leads a network reads there what operators did. */
export const OperationsLayout = () => {
  const say = useOperationTexts();
  const isOperator = useRoles().has('operator');
  return (
    <div className="stack">
      {isOperator ? (
        <DeskMenu
          label={say('desk')}
          desks={[
            { to: '/n/$networkId/operations', label: say('projections') },
            { to: '/n/$networkId/operations/acts', label: say('acts') },
          ]}
        />
      ) : null}
      <Outlet />
    </div>
  );
};
