import type { Refusal, RefusalCode } from '#application/refusals';
import { refusalRules } from '#domain/refusal-rules';
import type { Problem } from './problem';

/** 403 this person may not; 404 nothing here; 409 not in this state; 413 too large; 422 what it says cannot be. */
type Line = readonly [status: 403 | 404 | 409 | 412 | 413 | 422, title: string];

/** Every refusal as people read it: a new code does not compile without a line here. */
const LINES: Readonly<Record<RefusalCode, Line>> = {
  'not-allowed': [403, 'This person may not do that'],
  'case-names-you': [403, 'The case names you: somebody else settles it'],
  'facilitator-named': [403, 'The case names you: somebody else settles it'],
  'not-a-participant': [403, 'Only a participant may do that'],
  'not-a-mediator': [403, 'This person is not a mediator of the network'],
  'mediator-takes-part': [422, 'The mediator takes no part in the exchange'],
  'not-yours': [403, 'Ask with your own request, answer with your own offer'],
  'erasure-needs-second-person': [403, 'An erasure needs a second person: whoever asked may not approve'],

  'network-not-found': [404, 'There is no such network'],
  'not-in-this-network': [404, 'There is nothing here'],
  'member-not-found': [404, 'There is no such member'],
  'offer-not-found': [404, 'There is no such offer'],
  'request-not-found': [404, 'There is no such request'],
  'match-not-found': [404, 'There is no such match'],
  'exchange-not-found': [404, 'There is no such exchange'],
  'session-not-found': [404, 'There is no such session'],
  'dispute-not-found': [404, 'There is no such dispute'],
  'no-show-not-found': [404, 'No no-show was reported there'],
  'incident-not-found': [404, 'There is no such incident'],

  'network-exists': [409, 'This network is open already'],
  'member-exists': [409, 'This person has applied already'],
  'member-left': [409, 'This person has left the network'],
  'member-erased': [409, 'This person’s data was erased'],
  'member-suspended': [409, 'The membership is suspended: publish what is missing to restore it'],
  'not-enrolled': [409, 'This person is not enrolled'],
  'no-charter-yet': [409, 'The network has published no charter yet'],
  'not-the-current-charter': [409, 'That is not the charter in force'],
  'charter-not-accepted': [409, 'Accept the charter in force first'],
  'entry-window-ended': [409, 'The entry was not confirmed in time'],
  'window-still-open': [409, 'The window is still open'],
  'erasure-not-requested': [409, 'Nobody has asked for this erasure'],
  'erasure-not-approved': [409, 'The erasure is not approved'],
  'erasure-deferred': [409, 'The erasure is deferred: legal hold'],
  'texts-erased': [409, 'Its texts were erased'],

  'offer-exists': [409, 'This offer exists already'],
  'offer-not-published': [409, 'The offer is not published'],
  'offer-already-published': [409, 'The offer is published already'],
  'offer-paused': [409, 'The offer is paused'],
  'offer-ended': [409, 'The offer has ended'],
  'offer-not-open': [409, 'The offer is not open'],
  'request-exists': [409, 'This request exists already'],
  'request-not-published': [409, 'The request is not published'],
  'request-already-published': [409, 'The request is published already'],
  'request-paused': [409, 'The request is paused'],
  'request-ended': [409, 'The request has ended'],
  'request-not-open': [409, 'The request is not open'],
  'held-by-another-match': [409, 'Another match holds the request'],
  'already-contested': [409, 'It is contested already'],
  'no-open-contest': [409, 'No contest is open'],

  'match-exists': [409, 'This match exists already'],
  'match-not-open': [409, 'The match is not open'],
  'match-already-open': [409, 'The match is open already'],
  'match-not-confirmed': [409, 'The match is not confirmed yet'],
  'match-confirmed': [409, 'The match is confirmed'],
  'match-ended': [409, 'The match has ended'],
  'window-ended': [409, 'The window has ended'],
  'participant-not-available': [409, 'A participant is not available'],
  'agreement-recorded': [409, 'An agreement is recorded already'],
  'no-agreement-recorded': [409, 'No agreement is recorded'],
  'pair-forbidden': [409, 'These two are kept apart'],
  'policy-changed-meanwhile': [409, 'The policy changed meanwhile: run the round again'],
  'round-inputs-differ': [409, 'What the round read differs from what was recorded'],

  'exchange-exists': [409, 'This exchange exists already'],
  'exchange-held': [409, 'The exchange is held already'],
  'exchange-ended': [409, 'The exchange has ended'],
  'exchange-disputed': [409, 'A dispute is open'],
  'session-reported': [409, 'The session is reported already'],
  'no-session-yet': [409, 'No session has been reported yet'],
  'was-there': [409, 'This person was there'],
  'was-not-there': [403, 'Only those who were there may do that'],
  'giver-or-learner-not-there': [409, 'No giver, or no learner, was there'],
  'not-held-yet': [409, 'The exchange is not held yet'],
  'contest-window-ended': [409, 'The time to contest has ended'],
  'evaluation-window-ended': [409, 'The evaluation has ended'],
  'evaluations-unsealed': [409, 'The evaluations are unsealed: no amendment any more'],
  'already-evaluated': [409, 'Evaluated already: amend it instead'],
  'nothing-to-amend': [409, 'There is no evaluation to amend'],
  'follow-up-not-due': [409, 'The follow-up is not due yet'],
  'follow-up-ended': [409, 'The time for the follow-up has ended'],
  'incident-exists': [409, 'This incident exists already'],
  'incident-already-assessed': [409, 'The incident is assessed already'],
  'incident-not-assessed': [409, 'The incident is not assessed yet'],
  'incident-resolved': [409, 'The incident is resolved'],

  'too-large': [413, 'Too long to be recorded'],

  'label-missing': [422, 'Give the network a label'],
  'time-zone-unknown': [422, 'Not an IANA time zone'],
  'policy-value-wrong': [422, 'This value of the policy cannot be'],
  'charter-text-missing': [422, 'Give the charter in the network’s default language at least'],
  'pair-of-one': [422, 'A pair is two people'],
  'not-declared-professional': [422, 'Declare that it is professional knowledge, and no service'],
  'wording-missing': [422, 'Say it in words'],
  'topic-missing': [422, 'Name the topic'],
  'site-missing': [422, 'On site: name the site'],
  'group-sizes-wrong': [422, 'The smallest group is at least one and no larger than the largest'],
  'offer-and-request-needed': [422, 'Enter with an offer and a request'],
  'same-id-twice': [422, 'The same id is used twice'],
  'pause-in-the-past': [422, 'A pause ends in the future'],
  'capacity-too-small': [422, 'The capacity is at least one'],
  'hold-in-the-past': [422, 'A hold ends in the future'],
  'name-one-or-give-content': [422, 'Name one of your own, or give the content of a new one'],
  'giver-or-learner-missing': [422, 'A match has a giver and a learner at least'],
  'person-named-twice': [422, 'Nobody has two places in one match'],
  'too-few-learners': [422, 'Fewer learners than the offer’s smallest group'],
  'agreement-incomplete': [422, 'The agreement is incomplete'],
  'session-invalid': [422, 'This session cannot be'],
  'session-in-the-future': [422, 'The session is still to come'],
  'session-in-the-past': [422, 'The session would be in the past'],
  'presence-invalid': [422, 'Name participants, each in their role, with minutes within the session'],
  'no-agreement': [422, 'The agreement is incomplete'],
  'criteria-differ': [422, 'Judge exactly the criteria that were agreed'],
  'score-invalid': [422, 'Scores are whole numbers from 1 to 5'],
  'usable-is-the-learners': [422, 'Only learners, and all learners, say whether it is directly usable'],
  'text-missing': [422, 'Say it in words'],
  'indicator-missing': [422, 'Name the indicator'],
  'motive-missing': [422, 'Give a motive'],
  'wrong-ledger': [422, 'This ledger belongs elsewhere'],
};

/** The refusal's own details (which field, which limit) come along; none of them is personal. */
export const refusalProblem = ({ code, ...details }: Refusal): Omit<Problem, 'type'> => {
  const [status, title] = LINES[code];
  const rule = code in refusalRules ? refusalRules[code as keyof typeof refusalRules] : null;
  return { status, code, title, ...(rule ? { rule } : {}), ...(Object.keys(details).length > 0 ? { details } : {}) };
};

/** For the document: every refusal with its status and rule. */
export const documentedRefusals = (): readonly { code: string; status: number; title: string; rule: string | null }[] =>
  Object.entries(LINES).map(([code, [status, title]]) => ({
    code,
    status,
    title,
    rule: refusalRules[code as keyof typeof refusalRules] ?? null,
  }));
