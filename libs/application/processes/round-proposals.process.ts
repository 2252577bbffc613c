import type { RoundId } from '#domain/ids';
import { isDue, type SavoirsProcess } from './process-types';

/** A round records what it found, at most 500 at a time; each is then proposed on a stream of its own, as things stand by then (R16). */
export const roundProposals: SavoirsProcess<'MatchesFound', { readonly roundId: RoundId }> = {
  name: 'round-proposals',
  version: 1,
  handles: { MatchesFound: true },
  keys: ({ data }) => [data.roundId],
  evolve: (_, { data }) => ({ row: { roundId: data.roundId } }),
  react: ({ roundId }, cause) =>
    isDue(cause)
      ? []
      : cause.data.matches.map(
          (match) => ({ type: 'ProposeMatch', data: { ...match, origin: { kind: 'round', roundId }, facts: null } }) as const,
        ),
};
