const REVISED = 'another text took its place: PUT';
const ON_RECORD = 'kept in the log, read by no page';

/** Fields that hold no payload in this network, and why. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  'POST / label': 'a network is opened with it, once, and no page shows it',
  'POST / policy/trainingLabel': 'the same text as PATCH /policy',
  'POST /cases/{caseId}/evidence motive': 'kept as that of a risk’s evidence is; it needs a risk that was found at a midnight',
  'POST /exchanges/{exchangeId}/evidence-bundle motive': 'kept as the one of a replay is; its file is there once the tree is signed',
  'POST /operations/projections/{name}/parked/retry key': 'the name of a row that is there',
  'POST /operations/projections/{name}/parked/skip key': 'the name of a row that is there',
};

/** What no page shows, and why. */
export const NOT_ON_A_PAGE: Readonly<Record<string, string>> = {
  'POST /offers content/wording': REVISED,
  'POST /offers content/topic/text': REVISED,
  'POST /requests content/wording': REVISED,
  'POST /requests content/topic/text': REVISED,
  'POST /forbidden-pairs/lifting reason': ON_RECORD,
  'POST /members/{memberId}/leave reason': ON_RECORD,
  'POST /exchanges/{exchangeId}/replay motive': ON_RECORD,
  'POST /exchanges/{exchangeId}/replay namesMotive': ON_RECORD,
  'POST /events/{eventId}/opening motive': ON_RECORD,
  'POST /risk/explanation motive': ON_RECORD,
  'POST /risk/evidence motive': ON_RECORD,
  'POST /satisfaction/explanation motive': ON_RECORD,
  'POST /satisfaction/evidence motive': ON_RECORD,
  'POST /members/{memberId}/identity motive': ON_RECORD,
  'POST /members/{memberId}/access-request motive': ON_RECORD,
  'POST /members/search name': 'looked for, and kept nowhere',
  'POST /members/on-behalf subject': 'kept as a hash alone',
  'POST /members/on-behalf profile/employeeNumber': 'read by HR alone, in its export',
};
