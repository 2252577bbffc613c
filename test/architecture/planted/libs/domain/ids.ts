export type MemberId = string;
