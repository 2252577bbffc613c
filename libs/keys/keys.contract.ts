import { KeyErased, MissingKey, type ErasureLedger, type IdentityRegister, type KeyOwner, type Keyring } from './keys.port';

export type Keys = Keyring & IdentityRegister & ErasureLedger;

const ana: KeyOwner = { network: 'lyon', member: 'ana', stream: null };
const anaHere: KeyOwner = { ...ana, stream: 'exchange-1' };
const anaThere: KeyOwner = { ...ana, stream: 'exchange-2' };
const boHere: KeyOwner = { network: 'lyon', member: 'bo', stream: 'exchange-1' };
const anaElsewhere: KeyOwner = { ...anaHere, network: 'lille' };
const NO_KEY = '00000000-0000-4000-8000-000000000000';

/** What every adapter of the keyring and the register keeps; `open` gives one on nothing at all. */
export const keysContract = (name: string, open: () => Promise<Keys>): void => {
  describe(`the keys of ${name}`, () => {
    let keys: Keys;
    beforeEach(async () => {
      keys = await open();
    });
    afterEach(() => keys.close());

    describe('sealing and opening', () => {
      it('give one owner one key of 32 bytes, and two owners two (R19)', async () => {
        const owners = [ana, anaHere, anaThere, boHere, anaElsewhere];
        const made = await Promise.all(owners.map((owner) => keys.sealing(owner)));
        expect(new Set(made.map(({ keyId }) => keyId)).size).toBe(owners.length);
        expect(new Set(made.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(owners.length);
        for (const [index, owner] of owners.entries()) {
          const { keyId, secret } = await keys.sealing(owner);
          expect([keyId, secret.length, Buffer.from(secret)]).toEqual([made[index]?.keyId, 32, Buffer.from(made[index]?.secret ?? [])]);
          expect(await keys.opening(keyId)).toEqual({ keyId, secret });
        }
      });

      it.each([
        ['member', ana],
        ['stream', anaHere],
      ])('agree on one %s key however many ask at once', async (_, owner) => {
        const made = await Promise.all(Array.from({ length: 12 }, () => keys.sealing(owner)));
        expect(new Set(made.map(({ keyId, secret }) => `${keyId} ${Buffer.from(secret).toString('hex')}`)).size).toBe(1);
      });

      it.each([NO_KEY, 'no-key'])('call a key without a row missing, never erased: %s', async (keyId) => {
        await expect(keys.opening(keyId)).rejects.toThrow(MissingKey);
      });
    });

    describe('erasing a member', () => {
      it('destroys the member’s key and every key of that author and a stream, and nobody else’s (R19)', async () => {
        const hers = await Promise.all([ana, anaHere, anaThere].map((owner) => keys.sealing(owner)));
        const others = await Promise.all([boHere, anaElsewhere].map((owner) => keys.sealing(owner)));
        expect(await keys.eraseMember('lyon', 'ana')).toBe(3);
        for (const { keyId } of hers) expect(await keys.opening(keyId)).toBe('erased');
        for (const { keyId, secret } of others) expect(await keys.opening(keyId)).toEqual({ keyId, secret });
      });

      it('is final: no key of theirs is ever made again, in an old stream or a new one', async () => {
        await keys.sealing(anaHere);
        await keys.eraseMember('lyon', 'ana');
        for (const owner of [ana, anaHere, anaThere]) await expect(keys.sealing(owner)).rejects.toThrow(KeyErased);
      });

      it('holds for one who never had a key', async () => {
        expect(await keys.eraseMember('lyon', 'ana')).toBe(0);
        await expect(keys.sealing(anaHere)).rejects.toThrow(KeyErased);
      });

      it('changes nothing when repeated', async () => {
        await keys.sealing(anaHere);
        expect([await keys.eraseMember('lyon', 'ana'), await keys.eraseMember('lyon', 'ana')]).toEqual([2, 0]);
        expect(await keys.erasures()).toHaveLength(1);
      });

      it('leaves no key usable that was being made meanwhile', async () => {
        const owners = Array.from({ length: 8 }, (_, index) => ({ ...ana, stream: `exchange-${index}` }));
        const [, ...made] = await Promise.allSettled([keys.eraseMember('lyon', 'ana'), ...owners.map((owner) => keys.sealing(owner))]);
        for (const outcome of made) {
          if (outcome.status === 'fulfilled') expect(await keys.opening(outcome.value.keyId)).toBe('erased');
          else expect(outcome.reason).toBeInstanceOf(KeyErased);
        }
      });
    });

    describe('erasing streams', () => {
      it('destroys every author’s key there, and leaves their other keys', async () => {
        const gone = await Promise.all([anaHere, boHere].map((owner) => keys.sealing(owner)));
        const kept = await Promise.all([ana, anaThere, anaElsewhere].map((owner) => keys.sealing(owner)));
        expect(await keys.eraseStreams('lyon', ['exchange-1', 'exchange-9'])).toBe(2);
        expect(await keys.eraseStreams('lyon', ['exchange-1'])).toBe(0);
        for (const { keyId } of gone) expect(await keys.opening(keyId)).toBe('erased');
        for (const { keyId, secret } of kept) expect(await keys.opening(keyId)).toEqual({ keyId, secret });
        await expect(keys.sealing(anaHere)).rejects.toThrow(KeyErased);
      });

      it('is final while it is recorded: nobody makes a key there meanwhile, and where one has one it is not (R19, case 28)', async () => {
        const made = await keys.sealing(boHere);
        expect(await keys.whileUnused('lyon', ['exchange-1'], () => Promise.reject(new Error('never')))).toBe('in-use');
        await keys.eraseStreams('lyon', ['exchange-1']);
        const done: string[] = [];
        let sealing: Promise<unknown> = Promise.resolve();
        const work = async (): Promise<string> => {
          sealing = keys.sealing(anaHere).then(() => done.push('sealed'));
          await new Promise((resolve) => setTimeout(resolve, 20));
          done.push('recorded');
          return 'recorded';
        };
        expect(await keys.whileUnused('lyon', ['exchange-1', 'exchange-9'], work)).toBe('recorded');
        await sealing;
        expect(done).toEqual(['recorded', 'sealed']);
        await expect(keys.whileUnused('lyon', [], () => Promise.reject(new Error('crash')))).rejects.toThrow('crash');
        expect(await keys.opening(made.keyId)).toBe('erased');
      });

      it('of none destroys none', async () => {
        await keys.sealing(anaHere);
        expect(await keys.eraseStreams('lyon', [])).toBe(0);
      });
    });

    it('tell what was erased by member id and stream', async () => {
      await Promise.all([anaHere, boHere].map((owner) => keys.sealing(owner)));
      await keys.eraseStreams('lyon', ['exchange-1']);
      await keys.eraseMember('lyon', 'ana');
      expect(await keys.scrub()).toBe(true);
      expect(await keys.erasures()).toEqual([
        { network: 'lyon', member: null, stream: 'exchange-1', keys: 2 },
        { network: 'lyon', member: 'ana', stream: null, keys: 1 },
      ]);
    });

    it('tell when the last key of a member, or of a stream, went', async () => {
      expect(await keys.lastErasure('lyon', 'ana', ['exchange-1'])).toBeNull();
      await keys.sealing(boHere);
      await keys.eraseStreams('lyon', ['exchange-1']);
      expect(await keys.lastErasure('lyon', 'ana', [])).toBeNull();
      const stream = await keys.lastErasure('lyon', 'ana', ['exchange-1']);
      expect(stream).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      await keys.eraseMember('lyon', 'ana');
      expect((await keys.lastErasure('lyon', 'ana', ['exchange-1']))! >= stream!).toBe(true);
      expect(await keys.lastErasure('lille', 'ana', ['exchange-1'])).toBeNull();
    });

    describe('the register', () => {
      it('finds the member id of a person, in one network and no other (R19, R23)', async () => {
        expect(await keys.register('lyon', 'subject-of-ana', 'ana')).toBe('ana');
        expect(await keys.register('lyon', 'subject-of-bo', 'bo')).toBe('bo');
        expect(await keys.find('lyon', 'subject-of-ana')).toBe('ana');
        expect(await keys.find('lille', 'subject-of-ana')).toBeNull();
        expect(await keys.find('lyon', 'subject-of-cleo')).toBeNull();
      });

      it('keeps the first id', async () => {
        await keys.register('lyon', 'subject-of-ana', 'ana');
        expect(await keys.register('lyon', 'subject-of-ana', 'other')).toBe('ana');
      });

      it('agrees on one id however many ask at once', async () => {
        const ids = Array.from({ length: 12 }, (_, index) => `id-${index}`);
        const answers = await Promise.all(ids.map((memberId) => keys.register('lyon', 'subject-of-ana', memberId)));
        expect(new Set(answers).size).toBe(1);
        expect(await keys.find('lyon', 'subject-of-ana')).toBe(answers[0]);
        const losers = ids.filter((id) => id !== answers[0]);
        expect(await Promise.all(losers.map((member) => keys.eraseMember('lyon', member)))).toEqual(losers.map(() => 0));
        expect(await keys.eraseMember('lyon', answers[0] as string)).toBe(1);
      });

      it('gives one id to one person only', async () => {
        await keys.register('lyon', 'subject-of-ana', 'ana');
        await expect(keys.register('lyon', 'subject-of-bo', 'ana')).rejects.toThrow('belongs to another person');
        expect(await keys.find('lyon', 'subject-of-bo')).toBeNull();
      });

      it('forgets the person, who gets a new id on return (R19)', async () => {
        await keys.register('lyon', 'subject-of-ana', 'ana');
        await keys.register('lille', 'subject-of-ana', 'ana');
        await keys.eraseMember('lyon', 'ana');
        expect(await keys.isLinked('lyon', 'ana')).toBe(true);
        await keys.forget('lyon', 'ana');
        await keys.forget('lyon', 'ana');
        expect([await keys.isLinked('lyon', 'ana'), await keys.isLinked('lille', 'ana')]).toEqual([false, true]);
        expect([await keys.find('lyon', 'subject-of-ana'), await keys.find('lille', 'subject-of-ana')]).toEqual([null, 'ana']);
        await expect(keys.register('lyon', 'subject-of-ana', 'ana')).rejects.toThrow(KeyErased);
        expect(await keys.find('lyon', 'subject-of-ana')).toBeNull();
        expect(await keys.register('lyon', 'subject-of-ana', 'ana-again')).toBe('ana-again');
      });
    });
  });
};
