import { setTimeout as pause } from 'node:timers/promises';
import { offerWordings, requestWordings } from '#apps/demo/texts';
import { starterTopics } from '#topics/starter-topics';
import type { Api } from '../runner/api-process';
import { headersOf } from '../runner/api-process';
import type { BenchRun } from '../runner/bench';

const AT_ONCE = 50;
const CAUGHT_UP_MS = 30 * 60_000;

export const memberName = (number: number): string => `bench-${number}`;

const entryOf = (templates: readonly string[], number: number) => {
  const { uri, fr } = starterTopics[(number * 7) % starterTopics.length]!;
  return {
    wording: templates[number % templates.length]!.replace('%', fr),
    topic: { text: fr, uri },
    ...{ level: 'beginner', language: 'fr', place: 'remote', availability: [], declaredProfessional: true },
  };
};

/** Through the API, 50 at once: so many members, each with two offers and a request, worded as the demo's; until everybody can find them. */
export const populate = async ({ network, token }: Api, { size, signal, progress }: BenchRun): Promise<void> => {
  const send = async (subject: string, path: string, body: unknown, role: 'member' | 'network-lead' = 'member'): Promise<string> => {
    const headers = headersOf(await token(subject, role));
    const response = await fetch(`${network}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { position: string }).position;
  };
  let last = await send('lead', '/charter', { text: { fr: 'Chacun apprend, chacun transmet.' } }, 'network-lead');
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let number = next++; number < size; number = next++) {
      signal.throwIfAborted();
      const position = await send(memberName(number), '/members', {
        charterVersion: 1,
        profile: { name: `Camille ${number}`, email: `camille.${number}@example.org`, site: 'LYO', unit: 'TRI', languages: ['fr'] },
        offers: [entryOf(offerWordings.fr, number), entryOf(offerWordings.fr, number + 1)],
        requests: [entryOf(requestWordings.fr, number + 2)],
      });
      if (position > last) last = position;
      if ((number + 1) % 500 === 0) progress(`${number + 1} of ${size} members`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const headers = headersOf(await token(memberName(size - 1), 'member'));
  for (const deadline = Date.now() + CAUGHT_UP_MS; ; await pause(500)) {
    signal.throwIfAborted();
    const own = await fetch(`${network}/members/me`, { headers });
    const { entries } = own.ok ? ((await own.json()) as { entries: readonly { status: string }[] }) : { entries: [] };
    const listed = await fetch(`${network}/directory?after=${last}`, { headers });
    if (listed.ok && entries.filter(({ status }) => status === 'published').length === 3) return;
    if (Date.now() > deadline) throw new Error('the directory did not catch up in time');
  }
};
