import { accountForms } from './account-forms';
import { controlForms } from './control-forms';
import { deskForms } from './desk-forms';
import { exchangeForms } from './exchange-forms';
import type { FormOfSite } from './form-of-site';
import { leadForms, openingForm } from './lead-forms';
import { matchForms } from './match-forms';
import { memberForms } from './member-forms';
import type { Stage } from './stage';

/** Every form of an open network, in an order in which none is refused for what another one did. */
export const formsOn = (stage: Stage): readonly FormOfSite[] => [
  ...memberForms(stage),
  ...matchForms(stage),
  ...exchangeForms(stage),
  ...controlForms(stage),
  ...accountForms,
  ...deskForms(stage),
  ...leadForms,
];

/** What holds a part of a form, and is none that somebody fills in; and why. */
export const NO_FORMS: Readonly<Record<string, string>> = {
  'areas/account/account.tsx OwnData': 'a copy of one’s own data is read at a press of a button',
  'areas/audit/evidence.tsx CaseEvidence': 'an id is typed there, kept as that of an exchange is, beside the motive that goes along',
  'areas/audit/evidence.tsx CaseEvents': 'read with the motive of the form before it',
  'areas/audit/evidence.tsx RiskEvidence': 'its one field is the motive that goes along from the auditor’s other forms',
  'areas/audit/evidence.tsx SatisfactionEvidence': 'its one field is the motive that goes along from the auditor’s other forms',
  'areas/audit/evidence.tsx Asked': 'its one field is the motive that goes along from the auditor’s other forms',
  'areas/audit/export-evidence.tsx ExportEvidence': 'the exchange that was replayed, once more as a file, with the motive of the replay',
  'areas/audit/proofs.tsx Proofs': 'a certificate is computed at a press of a button, as often as one likes',
  'areas/audit/verifier/verifier.tsx Verifier': 'public keys are typed there, and nothing is sent: the browser judges a file by them',
  'areas/data-protection/access-request.tsx PageToRead': 'the copy that was asked for, once more as a page',
  'areas/facilitator/round-runs.tsx RoundsUnderWay':
    'a round that is under way is stopped at a press of a button: stopped twice is stopped',
  'areas/operations/projection.tsx OneProjection': 'a comparison is computed at a press of a button, as often as one likes',
  'areas/operations/projection.tsx Certificate': 'a certificate is computed at a press of a button, as often as one likes',
  'design/parts.tsx Form': 'the element that the others are made of',
  'session/session.ts useSignOut': 'signing out twice is signing out',
};

/** By what they are made of: from the table alone, whatever the ids are. */
export const componentsTried = (): ReadonlySet<string> => {
  const anyId: Record<string, string> = new Proxy({}, { get: (_, name) => String(name) });
  const stage: Stage = { members: anyId, matches: anyId, exchanges: anyId, cases: anyId, offerId: '', eventId: '' } as unknown as Stage;
  return new Set([...formsOn(stage), openingForm].flatMap(({ components }) => components));
};
