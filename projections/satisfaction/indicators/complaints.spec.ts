import type { MemberId } from '#domain/ids';
import type { ExchangeFacts } from '../contribution';
import { weekCalendar } from '../calendar';
import { membersOf } from '../members';
import type { ExchangeFact } from '../satisfaction.facts';
import type { SatisfactionRow } from '../satisfaction.projection';
import { instant } from '#testing/histories/story';
import { disputes } from './complaints';

const on = (day: string) => {
  const at = instant(day);
  return { at, rec: at, id: day as never };
};

const enrolled = (id: string, site: string): SatisfactionRow<'member'> => ({
  kind: 'member',
  networkId: 'n',
  id,
  facts: [{ is: 'MemberEnrolled', ...on('2026-01-05'), site, unit: 'MAIL' }],
});

const id = <Id>(name: string): Id => name as Id;

const agreed: ExchangeFact = {
  is: 'ExchangeAgreed',
  ...on('2026-02-02'),
  topicUri: null,
  members: ['ana', 'bo', 'cleo'].map(id<MemberId>),
};
const disputed: ExchangeFact = { is: 'ExchangeDisputed', ...on('2026-02-09'), disputeId: id('d'), by: id('ana') };
/** Cleo did not come. */
const held: ExchangeFact = {
  is: 'ExchangeHeld',
  ...on('2026-03-02'),
  present: [
    { memberId: id('ana'), role: 'giver' },
    { memberId: id('bo'), role: 'learner' },
  ],
};

const cellsOf = (facts: readonly ExchangeFact[]): readonly string[] => {
  const exchange: ExchangeFacts = { id: 'x', topicUri: null, facts };
  const members = membersOf([enrolled('ana', 'LYO'), enrolled('bo', 'LYO'), enrolled('cleo', 'LIL')]);
  const weeks = weekCalendar(instant('2026-02-01'), instant('2026-04-01'), 'UTC');
  return disputes({ opened: [], exchanges: [exchange], members, weeks })[0]?.cells ?? [];
};

it('leaves a dispute in the cells of all who agreed on the exchange, whoever came to it later (R15)', () => {
  const before = cellsOf([agreed, disputed]);
  expect(before).toContain('site:LIL');
  expect(cellsOf([agreed, disputed, held])).toEqual(before);
});
