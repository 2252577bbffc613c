import { eventIdOf } from '#application/dispatch/derived-ids';
import { commandIdOf } from '#read-store/processes/command-ids';
import type { CommandId } from '#kernel/id';
import { uuidV5 } from './uuid-v5';

describe('derived ids', () => {
  it('are UUIDv5 as RFC 9562 has it', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('stay what they were: what is given again is made once only under the same id (R22)', () => {
    expect(eventIdOf('2ed6657d-e927-568b-95e1-2665a8aea6a2' as CommandId, 1)).toBe('9feae21e-79aa-51bb-842f-0383c319ef9d');
    expect(commandIdOf('2ed6657d-e927-568b-95e1-2665a8aea6a2', 'engagement', 0)).toBe('d47e6c57-869a-56e6-8598-27b8163a2337');
  });
});
