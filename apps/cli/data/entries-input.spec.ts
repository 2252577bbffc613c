import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { everyTopic } from '#testing/topics';
import type { MemberId, NetworkId } from '#domain/ids';
import { nothingBetween, openedWorld, type World } from '#application/application.fixture';
import { keyedCommandId } from '#application/dispatch/keyed-command-id';
import { ApplicationModule } from '#application/application.module';
import { asFacilitator } from '#testing/people';
import { lyon } from '#testing/network-facts';
import { NestFactory } from '@nestjs/core';
import type { BadRow } from './csv-input';
import { importEntries } from './entries-input';
import type { Encoding } from './text-encoding';

const HEADER =
  'subject,name,email,site,unit,languages,offer_topic,offer_wording,offer_2_topic,offer_2_wording,request_topic,request_wording,request_level';
const ROW = 'sub-1,Ana Roy,ana@x.example,LYO,TRI,fr;en,Soudure,Je montre.,Tri,Je trie.,Tableur,Je cherche.,practised';

describe('entering a fair', () => {
  let folder: string;
  let here: World;
  let bad: BadRow[];
  let close: () => Promise<void>;
  let enter: (
    lines: readonly string[] | Buffer,
    given?: { networkId?: NetworkId; encoding?: Encoding },
  ) => ReturnType<typeof importEntries>;

  const prepare = async () => {
    here = await openedWorld();
    bad = [];
    const { log, codec, clock, keys } = here;
    const ports = {
      log,
      codec,
      clock,
      keyring: keys,
      identities: keys,
      ledger: keys,
      topics: everyTopic,
      texts: here.texts,
      pairHistory: nothingBetween,
      ringSolver: () => Promise.reject(new Error('no round here')),
      roundInputs: { freeze: () => Promise.reject(new Error('no round here')), inputsAt: () => Promise.reject(new Error('no round here')) },
    };
    const commands = await NestFactory.createApplicationContext(ApplicationModule.register(ports), { logger: false });
    close = () => commands.close();
    enter = (lines, { networkId = lyon, encoding = 'utf-8' } = {}) => {
      const path = join(folder, 'fair.csv');
      writeFileSync(path, Buffer.isBuffer(lines) ? lines : lines.join('\n'));
      const bus = commands.get(CommandBus);
      return importEntries(path, {
        networkId,
        encoding,
        by: asFacilitator(),
        commandIdFor: async (subject, text) =>
          keyedCommandId(keys, { network: networkId, member: await keys.register(networkId, subject), text }),
        execute: (command) => bus.execute(command),
        onBad: (row) => bad.push(row),
      });
    };
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-fair-'));
    await prepare();
  });
  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const applications = async () =>
    (await here.stored()).filter(({ type }) => type === 'MembershipRequested').map((event) => here.codec.decode(event).data);

  it('leaves each person pending until they confirm, with all they offer and seek undeclared (R6, R14)', async () => {
    expect(await enter([HEADER, ROW])).toEqual({ rows: 1, entered: 1, known: 0, bad: 0 });
    expect(await applications()).toMatchObject([
      {
        entry: 'fair',
        confirmBy: expect.any(String),
        profile: { site: 'LYO', unit: 'TRI', languages: ['fr', 'en'] },
        offers: [{ content: { level: 'beginner', declaredProfessional: false } }, { content: { language: 'fr', place: 'either' } }],
        requests: [{ content: { level: 'practised' } }],
      },
    ]);
    expect((await here.stored()).map(({ type }) => type)).not.toContain('MemberEnrolled');
  });

  it('takes an employee number, which is personal, and may be left out (R19, case 18)', async () => {
    await enter([`${HEADER},employee_number`, `${ROW},E-0042`, `${ROW.replace('sub-1', 'sub-2')},`]);
    expect(await applications()).toMatchObject([
      { profile: { employeeNumber: { ref: expect.any(String) } } },
      { profile: { employeeNumber: null } },
    ]);
    await enter([`${HEADER},employee_number`, `${ROW.replace('sub-1', 'sub-3')},${'9'.repeat(65)}`]);
    expect(bad.map(({ reason }) => reason.split(' ')[0])).toEqual(['employee_number']);
  });

  it('changes nothing when the same rows come again, from whichever line (R22)', async () => {
    await enter([HEADER, ROW]);
    const other = ROW.replace('sub-1', 'sub-2');
    expect(await enter([HEADER, other, ROW, ROW])).toEqual({ rows: 3, entered: 1, known: 2, bad: 0 });
    expect(await applications()).toHaveLength(2);
  });

  it('gives ids that lead to nobody by trial: with other keys the same row has others (R19)', async () => {
    const ids = async (): Promise<readonly string[]> => {
      const [stored] = (await here.stored()).filter(({ type }) => type === 'MembershipRequested');
      return [stored!.eventId, stored!.stream, here.codec.decode(stored!).meta.commandId];
    };
    await enter([HEADER, ROW]);
    const before = await ids();
    await close();
    await prepare();
    await enter([HEADER, ROW]);
    expect((await ids()).filter((id) => before.includes(id))).toEqual([]);
  });

  it('enters who was erased and comes back as somebody new (R19)', async () => {
    await enter([HEADER, ROW]);
    const { memberId } = (await applications())[0] as { memberId: MemberId };
    await here.keys.eraseMember(lyon, memberId);
    await here.keys.forget(lyon, memberId);
    expect(await enter([HEADER, ROW])).toMatchObject({ entered: 1, known: 0 });
    expect(new Set((await here.stored()).map(({ stream }) => stream).filter((stream) => stream.startsWith('member-'))).size).toBe(2);
  });

  it('names bad rows by line and column, never by value, and keeps the good ones', async () => {
    const lines = [
      HEADER,
      ROW.replace('ana@x.example', 'Secret'),
      ROW.replace('practised', 'master'),
      ROW.replace('Je trie.', ''),
      ROW.replace(',LYO,', ',,'),
    ];
    expect(await enter([...lines, ROW.replace(/Soudure.*/, ',,,,,,'), ROW])).toMatchObject({ entered: 1, bad: 5 });
    expect(bad.map(({ line, reason }) => `${line} ${reason.split(' ')[0]}`)).toEqual([
      '2 email',
      '3 request_level',
      '4 offer_2_wording',
      '5 site',
      '6 offer_topic',
    ]);
    expect(JSON.stringify(bad)).not.toContain('Secret');
  });

  it('tells a person who has applied with another entry, and a network that is none', async () => {
    await enter([HEADER, ROW]);
    await enter([HEADER, ROW.replace('Je montre.', 'Je montre tout.')]);
    await enter([HEADER, ROW], { networkId: '0192f0c1-0000-7000-8000-000000000009' as NetworkId });
    expect(bad.map(({ reason }) => reason)).toEqual(['subject has applied already, with another entry', 'there is no such network']);
  });

  const inFrench = [HEADER, ROW.replace('Ana Roy', 'Zoé Lefèvre'), ROW.replace('sub-1', 'sub-2')].join('\n');

  it.each([
    ['Windows-1252', Buffer.from(inFrench, 'latin1'), 2],
    ['UTF-16', Buffer.from(`\ufeff${inFrench}`, 'utf16le'), 1],
  ])('takes nothing of a file in %s, and names the line and what to do (65, case 38)', async (_name, bytes, line) => {
    await expect(enter(bytes)).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringMatching(new RegExp(`fair\\.csv:${line}: is not UTF-8.*--encoding windows-1252`)),
    });
    expect(await applications()).toHaveLength(0);
  });

  it.each([
    ['windows-1252', Buffer.from(inFrench, 'latin1')],
    ['utf-16le', Buffer.from(`\ufeff${inFrench}`, 'utf16le')],
  ] as const)('reads %s where it is named, as the same entries (case 38)', async (encoding, bytes) => {
    expect(await enter(bytes, { encoding })).toEqual({ rows: 2, entered: 2, known: 0, bad: 0 });
    expect(await enter(Buffer.from(inFrench))).toEqual({ rows: 2, entered: 0, known: 2, bad: 0 });
  });

  it('breaks no accents of a file that is UTF-8 whatever was named (65, case 38)', async () => {
    await expect(enter(Buffer.from(inFrench), { encoding: 'windows-1252' })).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringContaining('is UTF-8, not windows-1252'),
    });
  });

  it('finds the line of a wrong letter far into a file (case 38)', async () => {
    const many = [HEADER, ...Array.from({ length: 4_000 }, (_, index) => ROW.replace('sub-1', `sub-${index}`)), ROW.replace('Ana', 'Zoé')];
    await expect(enter(Buffer.from(many.join('\n'), 'latin1'))).rejects.toMatchObject({ message: expect.stringContaining(':4002: ') });
  });

  it('reads semicolons, as spreadsheets in French write them (case 38)', async () => {
    const row = ROW.replace('fr;en', '"fr;en"').replaceAll(',', ';');
    expect(await enter([HEADER.replaceAll(',', ';'), row])).toMatchObject({ entered: 1, bad: 0 });
  });

  it.each([
    ['one more column that is not read', [`${HEADER},phone`, `${ROW},`]],
    ['a column in another place', [`phone,${HEADER}`, `,${ROW}`]],
    ['blanks around a cell', [HEADER, ROW.replace('Soudure', '  Soudure ')]],
  ])('knows an entry again in a file with %s (R22, case 39)', async (_what, lines) => {
    await enter([HEADER, ROW]);
    expect(await enter(lines)).toEqual({ rows: 1, entered: 0, known: 1, bad: 0 });
  });

  it.each([
    ['is empty', [''], /is empty/],
    ['holds a header alone', [HEADER], /no row below it/],
  ])('refuses a file that %s (65, case 40)', async (_what, lines, sentence) => {
    await expect(enter(lines)).rejects.toMatchObject({ exitCode: 65, message: expect.stringMatching(sentence) });
  });

  it('refuses a wording in which nothing can be seen (R24, case 42)', async () => {
    expect(await enter([HEADER, ROW.replace('Je montre.', '\u200b')])).toMatchObject({ entered: 0, bad: 1 });
    expect(bad[0]?.reason).toContain('offer_wording');
  });

  it('refuses a file without the columns it needs (65)', async () => {
    await expect(enter(['subject,name', 'a,b'])).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringContaining('email, site, unit'),
    });
  });
});
