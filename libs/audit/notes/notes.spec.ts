import { EMPTY_ROOT } from '../merkle/hashing';
import { checkpointText, openCheckpoint, readCheckpointText } from './checkpoint';
import { NoteKeyError, readVerifierKey, signingKey, verifierKeyText } from './note-key';
import { cosignedAt, NoteRefused, readNote, signersOf, signNote, writeNote } from './signed-note';

/** The example of c2sp.org/signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
/** The example of c2sp.org/tlog-checkpoint. */
const CHECKPOINT = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

const log = signingKey('savoirs.example/log', 'ed25519', Buffer.alloc(32, 1));
const witness = signingKey('witness.example/w1', 'cosignature', Buffer.alloc(32, 2));
const text = checkpointText({ origin: log.name, size: 7, root: EMPTY_ROOT });
const AT = Date.parse('2026-11-30T09:00:00.900Z');
const signed = writeNote({ text, signatures: [signNote(log, text, AT), signNote(witness, text, AT)] });

describe('signed notes (c2sp.org/signed-note)', () => {
  it('read the key and the note of the specification’s example, and write both as they were', () => {
    const key = readVerifierKey(EXAMPLE_KEY);
    expect(signersOf(readNote(EXAMPLE), [key])).toEqual([key]);
    expect(writeNote(readNote(EXAMPLE))).toBe(EXAMPLE);
    expect(verifierKeyText(key)).toBe(EXAMPLE_KEY);
  });

  it('are signed by nobody once a letter is changed, whichever', () => {
    const key = readVerifierKey(EXAMPLE_KEY);
    const signersIn = (whole: string): number => {
      try {
        return signersOf(readNote(whole), [key]).length;
      } catch (fault) {
        expect(fault).toBeInstanceOf(NoteRefused);
        return 0;
      }
    };
    const changedAt = (at: number): string => `${EXAMPLE.slice(0, at)}${EXAMPLE[at] === 'Q' ? 'R' : 'Q'}${EXAMPLE.slice(at + 1)}`;
    expect(Array.from(EXAMPLE, (_, at) => signersIn(changedAt(at)))).toEqual(Array.from(EXAMPLE, () => 0));
  });

  it('keep an empty line within the text, and take no signature for text', () => {
    const note = readNote(`one\n\ntwo\n\n— a/b AAAAAAA=\n`);
    expect([note.text, note.signatures.map(({ name }) => name)]).toEqual(['one\n\ntwo\n', ['a/b']]);
  });

  it.each([
    ['no signatures', 'a text\n'],
    ['no empty line', 'a text\n— a AAAAAAA=\n'],
    ['no end of its last line', EXAMPLE.slice(0, -1)],
    ['a control character', EXAMPLE.replace('This', 'Th\tis')],
    ['half a surrogate pair', EXAMPLE.replace('This', 'Th\ud800is')],
    ['a signature without a key’s id', 'a text\n\n— a AAAA\n'],
    ['base64 in another form', 'a text\n\n— a AAAAAAB=\n'],
    ['something else among its signatures', `${EXAMPLE}and more\n`],
    ['too many signatures', `a text\n\n${'— a AAAAAAA=\n'.repeat(101)}`],
  ])('refuse a text with %s', (_, whole) => {
    expect(() => readNote(whole)).toThrow(NoteRefused);
  });

  it('pass over who is unknown, and refuse who claims to be known and is not', () => {
    const stranger = signingKey(log.name, 'ed25519', Buffer.alloc(32, 3));
    const note = readNote(signed);
    expect(signersOf(note, [stranger])).toEqual([]);
    const forged = { ...signNote(stranger, text, AT), id: log.id };
    expect(() => signersOf({ text, signatures: [...note.signatures, forged] }, [log])).toThrow('was not made with its key');
  });

  it.each([
    'example.com/foo',
    'example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2',
  ])('know no key %s', (key) => {
    expect(() => readVerifierKey(key)).toThrow(NoteKeyError);
  });

  it.each(['', 'two words', 'plus+plus', 'line\nend'])('let no key be named %j', (name) => {
    expect(() => signingKey(name, 'ed25519', Buffer.alloc(32))).toThrow(NoteKeyError);
  });
});

describe('checkpoints (c2sp.org/tlog-checkpoint)', () => {
  it('read the specification’s example, and write its text as it was', () => {
    const { text: example } = readNote(CHECKPOINT);
    const checkpoint = readCheckpointText(example);
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(checkpointText(checkpoint)).toBe(example);
  });

  it('open with the log’s key, and tell the witnesses that signed, too', () => {
    const opened = openCheckpoint(signed, log, [witness]);
    expect([opened.size, opened.signers.map(({ name }) => name)]).toEqual([7, [log.name, witness.name]]);
    expect(cosignedAt(opened.note.signatures[1]!).toISOString()).toBe('2026-11-30T09:00:00.000Z');
  });

  it('do not open by a witness alone, by another log’s key, or under another log’s name', () => {
    const alone = writeNote({ text, signatures: [signNote(witness, text, AT)] });
    expect(() => openCheckpoint(alone, log, [witness])).toThrow('did not sign');
    expect(() => openCheckpoint(signed, signingKey(log.name, 'ed25519', Buffer.alloc(32, 9)))).toThrow('did not sign');
    expect(() => openCheckpoint(signed, signingKey('savoirs.example/other', 'ed25519', Buffer.alloc(32, 1)))).toThrow('another name');
  });

  it('bind a witness’s signature to its time', () => {
    const [of, by] = readNote(signed).signatures;
    const later = Buffer.from(by!.signature);
    later.writeBigUInt64BE(later.readBigUInt64BE() + 1n);
    const shifted = writeNote({ text, signatures: [of!, { ...by!, signature: later }] });
    expect(() => openCheckpoint(shifted, log, [witness])).toThrow(`names ${witness.name}`);
  });

  it.each([
    ['two lines', `${log.name}\n7\n`],
    ['no name', `\n7\n${'A'.repeat(43)}=\n`],
    ['a size with a zero before it', `${log.name}\n07\n${'A'.repeat(43)}=\n`],
    ['a size below 0', `${log.name}\n-7\n${'A'.repeat(43)}=\n`],
    ['a size that no number holds', `${log.name}\n9007199254740993\n${'A'.repeat(43)}=\n`],
    ['a hash of 31 bytes', `${log.name}\n7\n${'A'.repeat(42)}==\n`],
    ['an empty line more', `${log.name}\n7\n${'A'.repeat(43)}=\n\n`],
  ])('are not: %s', (_, whole) => {
    expect(() => readCheckpointText(whole)).toThrow(NoteRefused);
  });
});
