import type { Check } from './runner/check';
import { backupCheck } from './backup/backup.check';
import { crashCheck } from './crash/crash.check';
import { determinismCheck } from './determinism/determinism.check';
import { disclosureCheck } from './disclosure/disclosure.check';
import { erasureCheck } from './erasure/erasure.check';
import { erasureRacesCheck } from './erasure-races/erasure-races.check';
import { explainCheck } from './explain/explain.check';
import { failoverCheck } from './failover/failover.check';
import { fairnessCheck } from './fairness/fairness.check';
import { feedsCheck } from './feeds/feeds.check';
import { fuzzCheck } from './fuzz/fuzz.check';
import { logCopyCheck } from './log-copy/log-copy.check';
import { matcherCheck } from './matcher/matcher.check';
import { projectionsCheck } from './projections/projections.check';
import { rebuildsCheck } from './rebuilds/rebuilds.check';
import { ringsCheck } from './rings/rings.check';
import { tamperCheck } from './tamper/tamper.check';
import { verifiersCheck } from './verifiers/verifiers.check';

/**
 * Every check there is: a new one is a folder and a line here. A folder holds, as far as it needs them: its `….check`; `harness`, what is
 * started and stopped; `workload`; `schedule`, all that is drawn from a seed; `faults`; `invariants`, what must hold; `mutants`, the bugs
 * that must be caught, and its `self-test`. What all of them share is in `runner`.
 */
export const checks: readonly Check[] = [
  backupCheck,
  crashCheck,
  determinismCheck,
  disclosureCheck,
  erasureCheck,
  erasureRacesCheck,
  explainCheck,
  failoverCheck,
  fairnessCheck,
  feedsCheck,
  fuzzCheck,
  logCopyCheck,
  matcherCheck,
  projectionsCheck,
  rebuildsCheck,
  ringsCheck,
  tamperCheck,
  verifiersCheck,
];
