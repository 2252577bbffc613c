import { decide } from '#domain/member/member.decider';

export const wrong = decide;
