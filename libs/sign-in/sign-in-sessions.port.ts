import type { Instant } from '#kernel/id';

/** A session that runs. */
export interface SignInSession {
  /** What was written down; no one but who brings the id can read it. */
  readonly content: string;
  /** When it ends, however much it is used. */
  readonly endsAt: Instant;
  /** When it ends unless it is used until then. */
  readonly idleAt: Instant;
  /** Whether what it holds is to be asked anew, by whoever claims to. */
  readonly isStale: boolean;
}

/** Who is signed in at the web site: by a random id that only their browser has; here lies its hash, and a content that the id opens. */
export interface SignInSessions {
  /** Answers the id: 256 random bits. */
  begin(content: string): Promise<{ readonly id: string; readonly endsAt: Instant }>;
  find(id: string): Promise<SignInSession | null>;
  /** Puts its end for want of use off. */
  use(id: string): Promise<void>;
  /** True to one alone, however many ask at once: that one asks anew, and then replaces the content. */
  claim(id: string): Promise<boolean>;
  replace(id: string, content: string): Promise<void>;
  end(id: string): Promise<void>;
  /** Deletes what has ended; answers how many. */
  sweep(): Promise<number>;
}

/** Texts that only we read, though others keep them. */
export interface Sealing {
  /** `by`: what its reader brings, too. */
  seal(text: string, by: string): Buffer;
  /** Null where it was altered, or sealed by something else. */
  open(sealed: Uint8Array, by: string): string | null;
  /** The same for the same text, which cannot be told from it. */
  tag(text: string): string;
}
