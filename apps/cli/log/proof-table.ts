import { print, say, type Output } from '../output';
import { provesEqual, type Proofs, type TwoLogs } from './logs';

/** Both proofs on stdout; what they say, in a sentence. Different logs end with code 1. */
export const tellProofs = async (logs: TwoLogs, proofs: Proofs, output: Output): Promise<void> => {
  const rows = await Promise.all(
    (['source', 'target'] as const).map(async (end) => ({
      log: end,
      kind: logs[end].kind,
      id: await logs[end].log.logId(),
      ...proofs[end],
    })),
  );
  print(['log', 'kind', 'id', 'events', 'hash'], rows, output);
  if (provesEqual(proofs)) return say(`Equal: ${proofs.source.events} events, the same in the same order.`);
  process.exitCode = 1;
  say(`Not equal: the first difference is at event ${proofs.firstDifference}.`);
};
