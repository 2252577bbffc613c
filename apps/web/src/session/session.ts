import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { api } from '../api/client';
import { forgetDrafts, keepDraftsOf } from './drafts';

export type Role =
  'member' | 'mediator' | 'facilitator' | 'network-lead' | 'hr' | 'auditor' | 'dashboard' | 'operator' | 'data-protection-officer';

export interface OwnNetwork {
  readonly networkId: string;
  readonly label: string;
  readonly defaultLanguage: 'fr' | 'en';
  readonly timeZone: string;
  readonly roles: readonly string[];
  readonly membership: 'applied' | 'enrolled' | 'paused' | 'suspended' | 'left' | 'erased' | null;
}

export const SESSION = ['session'] as const;

export const useSession = () =>
  useQuery({
    queryKey: SESSION,
    queryFn: async ({ signal }) => {
      const session = (await api.GET('/session', { signal })).data!;
      keepDraftsOf(session.person);
      return session;
    },
    staleTime: 60_000,
  });

/** The longest address that the API takes back from the provider's page. */
const LONGEST_RETURN = 500;

/** The provider's page, and from there to an address of this site; one that is too long without what it asks for. */
export const signInAddress = (returnTo: string): string => {
  const path = encodeURI(decodeURI(returnTo));
  return `/sign-in?returnTo=${encodeURIComponent(path.length > LONGEST_RETURN ? (path.split('?', 1)[0] ?? '/') : path)}`;
};

/** Where one comes back to after the provider's page: here. */
export const signInAgain = (): void => location.assign(signInAddress(`${location.pathname}${location.search}`));

export const useSignOut = (): (() => Promise<void>) => {
  const cache = useQueryClient();
  return async () => {
    const { data } = await api.POST('/sign-out');
    forgetDrafts();
    cache.clear();
    location.assign(data?.signOutAt ?? '/');
  };
};

const LOOKS = 40;
const LOOK_AGAIN_MS = 250;

/** Once the session knows of the membership: what it tells is read from a read model, which may be a moment behind. */
export const useMembershipKnown = (): ((networkId: string) => Promise<void>) => {
  const cache = useQueryClient();
  return async (networkId) => {
    for (let look = 0; look < LOOKS; look++) {
      await cache.refetchQueries({ queryKey: SESSION });
      const session = cache.getQueryData<{ readonly networks: readonly OwnNetwork[] }>(SESSION);
      if (session?.networks.some((one) => one.networkId === networkId && one.membership === 'enrolled')) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  };
};

/** The network whose pages one reads, and what one is in it. */
export const NetworkContext = createContext<OwnNetwork | null>(null);

export const useNetwork = (): OwnNetwork => {
  const network = useContext(NetworkContext);
  if (!network) throw new Error('outside a network');
  return network;
};

export const useRoles = (): ReadonlySet<Role> => new Set(useNetwork().roles as readonly Role[]);
