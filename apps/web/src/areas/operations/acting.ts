import { api } from '../../api/client';
import type { Progress } from './projections-data';

/** One thing to do to a read model, a process, one of its builds, or an event that it set aside. */
export interface Act {
  readonly kind: 'pause' | 'resume' | 'rebuild' | 'stop' | 'switch' | 'force' | 'rollback' | 'retry' | 'skip';
  readonly name: string;
  readonly build?: { readonly version: number; readonly build: number };
  readonly parked?: { readonly eventId: string; readonly key?: string };
}

export interface ActReason {
  readonly reason: string;
  readonly byHand: boolean;
}

/** What was taken up again of what waited, by row. */
export interface TakenUp {
  readonly key: string;
  readonly folded: number;
  readonly left: number;
  readonly fault: string | null;
}

/** What cannot be undone, or passes over what a comparison found: it asks for the name to be typed. */
export const isGrave = ({ kind }: Act): boolean => kind === 'skip' || kind === 'stop' || kind === 'force';

/** What is known after it: the builds as they are now, or what was taken up again. */
export interface Outcome {
  readonly builds: readonly Progress[] | null;
  readonly rows: readonly TakenUp[];
}

type BuildsAnswer = Promise<{ readonly data?: { readonly builds: readonly Progress[] } }>;
type RowsAnswer = Promise<{ readonly data?: { readonly rows: readonly TakenUp[] } }>;
const known = async (answer: BuildsAnswer): Promise<Outcome> => ({ builds: (await answer).data!.builds, rows: [] });
const takenUp = async (answer: RowsAnswer): Promise<Outcome> => ({ builds: null, rows: (await answer).data!.rows });

export const give = (
  networkId: string,
  { kind, name, build, parked }: Act,
  { reason, byHand }: ActReason,
  key: string,
): Promise<Outcome> => {
  const init = { params: { path: { networkId, name } }, headers: { 'Idempotency-Key': key } };
  const body = { reason, ...build };
  switch (kind) {
    case 'pause':
      return known(api.POST('/networks/{networkId}/operations/projections/{name}/pause', { ...init, body }));
    case 'resume':
      return known(api.POST('/networks/{networkId}/operations/projections/{name}/resume', { ...init, body }));
    case 'rebuild':
      return known(api.POST('/networks/{networkId}/operations/projections/{name}/rebuild', { ...init, body: { reason, byHand } }));
    case 'stop':
      return known(api.POST('/networks/{networkId}/operations/projections/{name}/stop', { ...init, body }));
    case 'switch':
    case 'force':
      return known(
        api.POST('/networks/{networkId}/operations/projections/{name}/switch', { ...init, body: { ...body, force: kind === 'force' } }),
      );
    case 'rollback':
      return known(api.POST('/networks/{networkId}/operations/projections/{name}/rollback', { ...init, body: { reason } }));
    case 'retry': {
      const of = parked?.key === undefined ? {} : { key: parked.key };
      return takenUp(api.POST('/networks/{networkId}/operations/projections/{name}/parked/retry', { ...init, body: { reason, ...of } }));
    }
    case 'skip':
      return takenUp(
        api.POST('/networks/{networkId}/operations/projections/{name}/parked/skip', { ...init, body: { reason, ...parked! } }),
      );
  }
};
