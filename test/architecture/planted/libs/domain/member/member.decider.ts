import type { MemberId } from '../ids';

export const decide = (id: MemberId): MemberId => id;
