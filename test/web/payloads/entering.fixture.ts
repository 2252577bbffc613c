import type { PersonRole } from '#apps/installation/access';
import type { Person } from '#test/e2e/harness/person-at';
import { eventually, ok } from '#test/e2e/harness/asking';
import { content } from '#test/e2e/harness/entering';
import type { SiteUnderTest } from '../site-under-test';
import type { Payloads } from './payloads';
import { sender } from './sender';

export interface Ground {
  readonly site: SiteUnderTest;
  readonly made: Payloads;
}

export interface Entered {
  readonly person: Person;
  readonly memberId: string;
  readonly kind: number;
  readonly offerId: string;
  readonly requestId: string;
  readonly secondOfferId: string;
  readonly secondRequestId: string;
}

const LONGEST_NUMBER = 64;
/** A kind that fits into a number, too. */
export const SHORT = 25;

export const personOn = async ({ site, made }: Ground, subject: string, roles?: readonly PersonRole[]): Promise<Person> =>
  sender(await site.person(subject, roles), made);

export const idIn = (body: unknown, name: string): string => (body as Record<string, string>)[name]!;

/** An offer or a request whose every text is a payload. */
export const entryOf = ({ made }: Ground, kind?: number): object =>
  content(made.text(kind), { topic: { text: made.text(kind), uri: null } });

const requestOf = (ground: Ground, kind?: number): object => ({ ...entryOf(ground, kind), authorShown: true });

export const profileOf = ({ made }: Ground, kind?: number) => {
  const employeeNumber = made.text(kind);
  return {
    name: made.text(kind),
    email: made.address(),
    site: 'LYO',
    unit: 'TRI',
    languages: ['fr'],
    ...(employeeNumber.length <= LONGEST_NUMBER ? { employeeNumber } : {}),
  };
};

type ListedEntry = { readonly id: string; readonly kind: string; readonly status: string };
type OwnPage = { readonly member: { readonly memberId: string }; readonly entries: readonly ListedEntry[] };

/** Enters somebody whose every text is a payload. */
export const enter = async (ground: Ground, kind: number): Promise<Entered> => {
  const person = await personOn(ground, `payload-${kind}`);
  const { charterVersion } = ok(await person.get('')).body as { charterVersion: number };
  const entry = { charterVersion, profile: profileOf(ground, kind), offers: [entryOf(ground, kind)], requests: [requestOf(ground, kind)] };
  const { position } = ok(await person.post('members', entry)).body as { position: string };
  ok(await person.get(`members/me?after=${position}`));
  const own = await eventually(async () => {
    const { body } = ok(await person.get('members/me')) as { body: OwnPage };
    return body.entries.length === 2 && body.entries.every(({ status }) => status === 'published') && body;
  });
  const idOf = (wanted: string): string => own.entries.find((one) => one.kind === wanted)!.id;
  const publishMore = async (path: 'offers' | 'requests', id: string): Promise<string> => {
    const of = path === 'offers' ? entryOf : requestOf;
    const made = idIn(ok(await person.post(path, { content: of(ground, kind) })).body, id);
    ok(await person.send('PUT', `${path}/${made}`, { content: of(ground, kind) }));
    return made;
  };
  return {
    person,
    kind,
    memberId: own.member.memberId,
    offerId: idOf('offer'),
    requestId: idOf('request'),
    secondOfferId: await publishMore('offers', 'offerId'),
    secondRequestId: await publishMore('requests', 'requestId'),
  };
};

/** One keeps drafts, the other publishes theirs; the ids of what was published. */
export const draft = async (
  ground: Ground,
  { keeps, publishes }: { readonly keeps: Entered; readonly publishes: Entered },
): Promise<{ readonly offerId: string; readonly requestId: string }> => {
  const ids: Record<string, string> = {};
  for (const [path, id, of] of [
    ['offers', 'offerId', entryOf],
    ['requests', 'requestId', requestOf],
  ] as const) {
    ok(await keeps.person.post(`${path}/drafts`, { content: of(ground) }));
    ids[id] = idIn(ok(await publishes.person.post(`${path}/drafts`, { content: of(ground) })).body, id);
    ok(await publishes.person.post(`${path}/${ids[id]}/publication`, { content: of(ground) }));
  }
  return { offerId: ids['offerId']!, requestId: ids['requestId']! };
};

/** Two are entered at a fair: one whose subject is a payload, too, and one who can sign in. */
export const enterOnBehalf = async (ground: Ground, facilitator: Person): Promise<string> => {
  const { made } = ground;
  const undeclared = (one: object): object => ({ ...one, declaredProfessional: false });
  const subject = 'payload-entered';
  for (const one of [made.text(), subject]) {
    const profile = { ...profileOf(ground), employeeNumber: made.text(SHORT) };
    const [offers, requests] = [[undeclared(entryOf(ground))], [undeclared(requestOf(ground))]];
    ok(await facilitator.post('members/on-behalf', { subject: one, entry: 'fair', profile, offers, requests }));
  }
  return subject;
};
