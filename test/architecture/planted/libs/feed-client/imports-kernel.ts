export type { Message as Wrong } from '#kernel/message';
