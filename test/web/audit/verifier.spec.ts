import { BundleRefused, type Bundle } from '#audit/bundle/bundle';
import { bundleText } from '#audit/bundle/make-bundle';
import { verifyBundle } from '#audit/bundle/verify-bundle';
import { signingKey, verifierKeyText } from '#audit/notes/note-key';
import { readNote, signNote, writeNote } from '#audit/notes/signed-note';
import { seededRandom } from '#apps/demo/seeded-random';
import { broken, pathsIn } from '#test/checks/verifiers/broken';
import { bundleOf } from '#test/checks/verifiers/bundles';
import { logKey, signedLog, witnessKeys } from '#test/checks/tamper/signed-log';
import { utf8 } from '../../../apps/web/src/areas/audit/verifier/bytes';
import { judge, type Verdict } from '../../../apps/web/src/areas/audit/verifier/judge';
import { readKey, type VerifierKey } from '../../../apps/web/src/areas/audit/verifier/signed-note';

const keyOf = async (text: string): Promise<VerifierKey> => (await readKey(text))!;
const judged = (text: string, known: readonly VerifierKey[] = []): Promise<Verdict> => judge(utf8(text), known);

/** The place of the first fault, by the verifier of the command line. */
const placeByOurs = (text: string): string => {
  try {
    return (verifyBundle(text), 'none');
  } catch (fault) {
    return fault instanceof BundleRefused ? fault.message.replace(/:.*/s, '') : String(fault);
  }
};

const placeBySite = async (text: string): Promise<string> => {
  const verdict = await judged(text);
  return verdict.verdict === 'refused' ? verdict.findings[0]!.field : verdict.verdict === 'proven' ? 'none' : verdict.verdict;
};

const SEED = 7;
/** Which each text of the log has. */
const SECOND_BYTE_OF_E_ACUTE = 0xa9;

describe('the verifier of the site', () => {
  let bundle: Bundle;
  beforeAll(async () => {
    const log = await signedLog(SEED, 'site', { events: 300, every: 300 });
    // one with both witnesses, data shown and data withheld
    for (let n = 0; ; n += 1) {
      bundle = await bundleOf(log, seededRandom(n, 'site'));
      const isFull = bundle.witnesses.length === 2 && bundle.events.length > 3 && bundle.events.some((event) => 'dataHash' in event);
      if (isFull && bundle.events.some((event) => 'data' in event)) return;
    }
  });

  it('says of whole evidence what it proves, as the command line does', async () => {
    const { streams, witnesses, origin, ...counts } = verifyBundle(bundleText(bundle));
    expect(await judged(bundleText(bundle))).toMatchObject({
      ...{ verdict: 'proven', histories: streams, ...counts },
      ...{ log: { name: origin }, witnesses: witnesses.map((name) => ({ name })) },
    });
  });

  it('finds a fault in every field, at the place where the command line finds it', async () => {
    const others: string[] = [];
    for (const path of pathsIn(bundle))
      for (const chance of [1, 2, 3].map((n) => seededRandom(n, path.join('.')))) {
        const text = JSON.stringify(broken(bundle, path, chance));
        const [ours, site] = [placeByOurs(text), await placeBySite(text)];
        if (site === 'none' || site !== ours) others.push(`${path.join('.')}: ours ${ours}, the site’s ${site}`);
      }
    expect(others).toEqual([]);
    expect(pathsIn(bundle).length).toBeGreaterThan(60);
  });

  it('names every event that was altered, not the first alone', async () => {
    const events = bundle.events.map((event, at) => (at === 0 || at === 2 ? { ...event, id: `${event.id} ` } : event));
    expect(await judged(JSON.stringify({ ...bundle, events }))).toMatchObject({
      findings: [
        { field: 'events[0]', fault: 'not-in-tree' },
        { field: 'events[2]', fault: 'not-in-tree' },
      ],
    });
  });

  it.each<[string, string, (one: Bundle) => unknown]>([
    ['events', 'no-events', (one) => ({ ...one, events: [] })],
    ['events[1].ordinal', 'out-of-order', (one) => ({ ...one, events: [one.events[1], one.events[0]] })],
    ['events[0]', 'data-or-hash', (one) => ({ ...one, events: [{ ...one.events[0], data: 'x', dataHash: 'x' }] })],
    ['events[0]', 'unknown-member', (one) => ({ ...one, events: [{ ...one.events[0], more: 1 }] })],
    ['events[0].proof', 'no-hash', (one) => ({ ...one, events: [{ ...one.events[0], proof: ['AAAA'] }] })],
    ['versions', 'other-versions', (one) => ({ ...one, events: one.events.slice(0, 1) })],
    ['witnesses', 'witness-twice', (one) => ({ ...one, witnesses: [...one.witnesses, ...one.witnesses] })],
    ['key', 'no-log-key', (one) => ({ ...one, key: one.witnesses[0] })],
    ['checkpoint', 'no-note', (one) => ({ ...one, checkpoint: one.checkpoint.replace('\n\n', '\n') })],
    ['file', 'no-object', () => []],
  ])('refuses %s: %s', async (field, fault, change) => {
    const text = JSON.stringify(change(bundle));
    expect(await judged(text)).toMatchObject({ verdict: 'refused', findings: expect.arrayContaining([{ field, fault }]) });
    expect([placeByOurs(text), await placeBySite(text)]).toEqual([field, field]);
  });

  it('refuses without the signature of a witness that is named', async () => {
    const { text, signatures } = readNote(bundle.checkpoint);
    const alone = JSON.stringify({ ...bundle, checkpoint: writeNote({ text, signatures: signatures.slice(0, 2) }) });
    expect(await judged(alone)).toMatchObject({ findings: [{ field: 'witnesses', fault: 'witness-silent' }] });
    expect(placeByOurs(alone)).toBe('witnesses');
  });

  it('takes what another key signed from who knows none, and refuses it to who knows the log’s', async () => {
    const other = signingKey(logKey.name, 'ed25519', Buffer.alloc(32, 9));
    const { text } = readNote(bundle.checkpoint);
    const checkpoint = writeNote({ text, signatures: [signNote(other, text, 0)] });
    const forged = JSON.stringify({ ...bundle, key: verifierKeyText(other), witnesses: [], checkpoint });
    const [log, witness] = [await keyOf(verifierKeyText(logKey)), await keyOf(verifierKeyText(witnessKeys[0]!))];
    expect(await judged(forged)).toMatchObject({ verdict: 'proven' });
    expect(await judged(forged, [log])).toMatchObject({ findings: [{ field: 'key', fault: 'other-log' }] });
    expect(await judged(forged, [witness])).toMatchObject({ findings: [{ field: 'witnesses', fault: 'witness-lacks' }] });
    expect(await judged(bundleText(bundle), [log, witness])).toMatchObject({ verdict: 'proven' });
  });

  it('mends no bytes: what is not UTF-8 is refused', async () => {
    const bytes = utf8(bundleText(bundle));
    bytes[bytes.lastIndexOf(SECOND_BYTE_OF_E_ACUTE)] = 0xff;
    expect(await judge(bytes, [])).toMatchObject({ findings: [{ field: 'file', fault: 'not-json' }] });
    expect(await judged(`\ufeff${bundleText(bundle)}`)).toMatchObject({ findings: [{ field: 'file', fault: 'not-json' }] });
  });

  it('judges nothing where the browser lacks Ed25519', async () => {
    const importKey = jest.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'NotSupportedError'));
    expect(await judged('{')).toEqual({ verdict: 'not-judged' });
    importKey.mockRestore();
    expect(await judged('{')).toMatchObject({ verdict: 'refused' });
  });
});
