import { DoubleLog } from './double-log';
import { DoubleNode, type Neighbours } from './double-node';

/**
 * An EventStoreDB for tests: it speaks the protocol and behaves as the real server was observed to, and it forgets everything.
 * The product never runs on it.
 * @example const double = await EventStoreDbDouble.start(); … EventStoreDbLog.open(double.url) … await double.stop();
 */
export class EventStoreDbDouble implements Neighbours {
  readonly log: DoubleLog;
  readonly nodes: readonly DoubleNode[];
  leader: DoubleNode | undefined;

  private constructor(count: number, batch: boolean, from: bigint | undefined) {
    this.log = new DoubleLog(from);
    this.nodes = Array.from({ length: count }, () => new DoubleNode(this.log, () => this, { batch }));
    this.leader = this.nodes[0];
  }

  /** `batch: false`: a server without batch appends. `from`: where positions begin. */
  static async start({
    nodes = 1,
    batch = true,
    from,
  }: { nodes?: number; batch?: boolean; from?: bigint } = {}): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble(nodes, batch, from);
    for (const node of double.nodes) await node.start();
    return double;
  }

  /** With several nodes the client finds the leader by gossip. */
  get url(): string {
    return `esdb://${this.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}?tls=false`;
  }

  /** The first node: the only one, or the first leader. */
  get node(): DoubleNode {
    return this.nodes[0] as DoubleNode;
  }

  elect(node: DoubleNode | undefined): void {
    this.leader = node;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
  }
}
