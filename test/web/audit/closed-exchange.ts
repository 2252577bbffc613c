import type { Person } from '#test/e2e/harness/person-at';
import type { SiteUnderTest } from '../site-under-test';

const MEMBERS_TRIED = 20;

interface OwnPage {
  readonly meetings?: readonly { readonly kind: string; readonly id: string; readonly status: string }[];
}

/** Somebody of the demo with an exchange that is over. */
export const closedExchange = async (site: SiteUnderTest): Promise<{ readonly member: Person; readonly exchangeId: string }> => {
  for (let number = 0; number < MEMBERS_TRIED; number += 1) {
    const member = await site.person(`demo-${number}`);
    const { meetings = [] } = (await member.get('members/me?limit=100')).body as OwnPage;
    const exchange = meetings.find(({ kind, status }) => kind === 'exchange' && status === 'closed');
    if (exchange) return { member, exchangeId: exchange.id };
  }
  throw new Error('the demo has no exchange that is closed');
};
