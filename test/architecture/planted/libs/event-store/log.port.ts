export type Log = string;
