import type { ServerResponse } from 'node:http';
import { endFrame, type EndReason } from './frames';

export type Ended = EndReason | 'slow' | 'client';

/**
 * One client's connection. It holds what the socket has not taken of one frame, and no more: the next is made when the last has gone. A
 * client that takes nothing for `drainMs` is cut.
 */
export class Outlet {
  private readonly gone = new AbortController();
  private why: Ended | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly drainMs: number,
  ) {
    response.once('close', () => this.finish('client'));
    response.on('error', () => this.finish('client'));
  }

  /** Aborted once nothing more can be sent. */
  get signal(): AbortSignal {
    return this.gone.signal;
  }

  get isOpen(): boolean {
    return !this.gone.signal.aborted;
  }

  get ended(): Ended | null {
    return this.why;
  }

  /** Resolves when the next frame may be made. */
  async send(frame: string | Uint8Array): Promise<void> {
    if (this.isOpen && !this.response.write(frame)) await this.drained();
  }

  /** Says why, and ends; a client that does not take even that is cut. */
  end(reason: EndReason): void {
    if (!this.isOpen) return;
    if (this.response.writableNeedDrain) return this.cut();
    this.finish(reason);
    const cut = setTimeout(() => this.response.destroy(), this.drainMs);
    this.response.end(endFrame(reason), () => clearTimeout(cut));
    this.response.once('close', () => clearTimeout(cut));
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.response.off('drain', settle);
        this.signal.removeEventListener('abort', settle);
        resolve();
      };
      const timer = setTimeout(() => this.cut(), this.drainMs);
      this.response.once('drain', settle);
      this.signal.addEventListener('abort', settle, { once: true });
      if (!this.isOpen) settle();
    });
  }

  /** What the kernel still holds for it goes too. */
  private cut(): void {
    this.finish('slow');
    const { socket } = this.response;
    if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else this.response.destroy();
  }

  private finish(why: Ended): void {
    this.why ??= why;
    this.gone.abort();
  }
}
