/** What a test scripts for one node of the double. Counted faults are used up, one append or call at a time. */
export class DoubleFaults {
  /** The next appends are committed and never answered. */
  loseReplies = 0;
  /** The next appends are neither committed nor answered. */
  swallowAppends = 0;
  /** The next appends are answered as if no leader had taken them (as without a quorum). */
  notReady = 0;
  /** The next appends are committed, and the connection is reset instead of the answer. */
  resetAfterCommit = 0;
  /** The next appends are refused as by a follower that names this leader. */
  notLeader: { times: number; host: string; port: number } = { times: 0, host: '127.0.0.1', port: 0 };
  /** The next subscriptions say nothing at all. */
  muteSubscriptions = 0;
  /** Reads of `$all` are refused, as to a user who is no administrator. */
  deniesAll = false;
  /** Awaited before each page of a read or of a subscription's catching up. */
  beforePage: () => Promise<void> = () => Promise.resolve();
  /** Awaited before each append is judged. */
  beforeAppend: () => Promise<void> = () => Promise.resolve();
  /** Batch appends are no longer taken off the wire, once one more has arrived: writers feel the network fill up. */
  deaf = false;
  /** Appends that reached a verdict, taken or not. */
  judged = 0;
  /** So many of the newest records are not read from this node while it follows: a follower comes behind what was acknowledged. */
  staleBy = 0;
  /** `MaxAppendSize` of the server, in bytes of data, metadata and type. */
  maxAppendSize = 1024 * 1024;
  /** `MaxAppendEventSize`, counted in the same way. */
  maxAppendEventSize = 2 ** 31 - 1;

  /** Nothing is scripted any more. */
  heal(): void {
    Object.assign(this, new DoubleFaults());
  }

  /** @returns whether one of `name` was left */
  take(name: 'loseReplies' | 'swallowAppends' | 'notReady' | 'resetAfterCommit' | 'muteSubscriptions'): boolean {
    if (this[name] === 0) return false;
    this[name] -= 1;
    return true;
  }
}
