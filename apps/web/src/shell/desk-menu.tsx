import { Link, useLocation, type LinkProps } from '@tanstack/react-router';
import { useNetwork } from '../session/session';
import { Menu } from './menu';

export type DeskAddress = Extract<NonNullable<LinkProps['to']>, `/n/$networkId/${string}`>;

interface DeskPage {
  readonly to: DeskAddress;
  readonly label: string;
}

interface DeskMenuProps {
  readonly label: string;
  readonly desks: readonly DeskPage[];
  readonly search: Readonly<Record<string, string>>;
}

/** The pages of one desk; the first one's address is that of the desk. */
export const DeskMenu = ({ label, desks, search }: DeskMenuProps) => {
  const { networkId } = useNetwork();
  const { pathname } = useLocation();
  const addressOf = ({ to }: DeskPage): string => to.replace('$networkId', networkId);
  const [first, ...others] = desks;
  const here = others.find((desk) => pathname.startsWith(addressOf(desk))) ?? first;
  return (
    <Menu label={label} button={here?.label ?? label} look="desk">
      <ul>
        {desks.map((desk) => (
          <li key={desk.to}>
            <Link
              to={desk.to as '/n/$networkId'}
              params={{ networkId }}
              search={search}
              activeOptions={{ exact: desk === first, includeSearch: false }}
            >
              {desk.label}
            </Link>
          </li>
        ))}
      </ul>
    </Menu>
  );
};
