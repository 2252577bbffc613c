import type { DoubleNode } from '#test/eventstoredb-double/double-node';
import type { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import type { Fault, FaultMoment, PlannedFault } from './schedule';
import type { QuietClock } from './quiet-clock';

/** Lets the faults of a schedule strike at their moments, and makes everything whole at the end. */
export class FaultInjector {
  /** How many of the schedule's faults struck. */
  struck = 0;
  private readonly seen = { append: 0, commit: 0, page: 0, given: 0 };
  private readonly due: Set<PlannedFault>;
  private readonly lasting = new Set<Promise<unknown>>();
  private readonly calledOff: (() => void)[] = [];
  private readonly held = { appends: 0, appendMs: 0, pages: 0, pageMs: 0 };
  private changing = false;

  constructor(
    private readonly double: EventStoreDbDouble,
    private readonly time: QuietClock,
    planned: readonly PlannedFault[],
  ) {
    this.due = new Set(planned);
    for (const node of double.nodes) {
      node.faults.beforeAppend = () => this.beforeAppend();
      node.faults.beforePage = () => this.beforePage();
    }
    this.calledOff.push(double.log.onAppend(() => this.at('commit')));
    for (const strike of planned) {
      if (strike.at.on === 'time') this.calledOff.push(time.after(strike.at.n, () => this.strike(strike)));
    }
  }

  /** Tells that one more has come to pass. */
  at(on: Exclude<FaultMoment['on'], 'time'>): void {
    this.seen[on] += 1;
    for (const strike of [...this.due]) if (strike.at.on === on && strike.at.n === this.seen[on]) this.strike(strike);
  }

  /** What has not struck never will; what lasts ends; every node is up, and one of them leads. */
  async heal(): Promise<void> {
    this.due.clear();
    for (const callOff of this.calledOff) callOff();
    await Promise.all(this.lasting);
    for (const { faults } of this.double.nodes) faults.heal();
    Object.assign(this.held, { appends: 0, pages: 0 });
    for (const node of this.double.nodes) if (!node.alive) await node.start();
    this.double.log.forgetful = false;
    if (this.double.leader === undefined) this.double.elect(this.double.node);
  }

  private async beforeAppend(): Promise<void> {
    this.at('append');
    if (this.held.appends === 0) return;
    this.held.appends -= 1;
    await this.time.pause(this.held.appendMs);
  }

  private async beforePage(): Promise<void> {
    this.at('page');
    if (this.held.pages === 0) return;
    this.held.pages -= 1;
    await this.time.pause(this.held.pageMs);
  }

  private strike(strike: PlannedFault): void {
    if (!this.due.delete(strike)) return;
    this.struck += 1;
    this.apply(strike.fault);
  }

  private apply(fault: Fault): void {
    const { double, held } = this;
    const leading = double.leader ?? double.node;
    switch (fault.kind) {
      case 'lose-replies':
        return void (leading.faults.loseReplies += fault.times);
      case 'swallow-appends':
        return void (leading.faults.swallowAppends += fault.times);
      case 'not-ready':
        return void (leading.faults.notReady += fault.times);
      case 'reset-after-commit':
        return void (leading.faults.resetAfterCommit += fault.times);
      case 'refuse-as-follower':
        return void (leading.faults.notLeader = { times: fault.times, host: leading.host, port: leading.port });
      case 'mute-next-subscriptions':
        return double.nodes.forEach(({ faults }) => (faults.muteSubscriptions += fault.times));
      case 'reset-connections':
        return double.nodes.forEach((node) => node.resetConnections());
      case 'end-subscriptions':
        return double.nodes.forEach(({ subscriptions }) => subscriptions.endAll());
      case 'mute-subscriptions':
        return double.nodes.forEach(({ subscriptions }) => subscriptions.muteAll());
      case 'forget-appends':
        return void (double.log.forgetful = true);
      case 'statistics':
        for (let n = 0; n < 40; n += 1) double.log.system();
        return;
      case 'hold-appends':
        return void Object.assign(held, { appends: fault.times, appendMs: fault.forMs });
      case 'slow-pages':
        return void Object.assign(held, { pages: fault.times, pageMs: fault.forMs });
      case 'stale-followers':
        return double.nodes.forEach(({ faults }) => (faults.staleBy = fault.staleBy));
      case 'change-leader':
        double.nodes.forEach(({ faults }) => (faults.staleBy = fault.staleBy));
        return double.elect(this.another(leading));
      case 'lose-quorum':
        return this.last(this.loseQuorum(fault.forMs, leading));
      default:
        return this.last(this.lasts(fault, leading));
    }
  }

  private async lasts(
    { kind, forMs }: Extract<Fault, { kind: 'kill-leader' | 'kill-follower' | 'no-leader' | 'deaf' }>,
    leading: DoubleNode,
  ): Promise<void> {
    const { double, time } = this;
    if (kind === 'deaf') {
      leading.faults.deaf = true;
      await time.pause(forMs);
      leading.faults.deaf = false;
      return;
    }
    if (this.changing) return;
    this.changing = true;
    const killed = kind === 'kill-follower' ? this.another(leading) : leading;
    if (kind !== 'kill-follower') double.elect(undefined);
    if (kind !== 'no-leader') void killed.kill();
    const electedAfter = kind === 'no-leader' ? forMs : Math.ceil(forMs / 2);
    await time.pause(electedAfter);
    if (kind !== 'kill-follower') double.elect(this.another(leading));
    await time.pause(forMs - electedAfter);
    if (!killed.alive) await killed.start();
    this.changing = false;
  }

  /** Nobody leads; meanwhile connections break, and the client finds no node. */
  private async loseQuorum(forMs: number, leading: DoubleNode): Promise<void> {
    if (this.changing) return;
    this.changing = true;
    this.double.elect(undefined);
    await this.time.pause(Math.ceil(forMs / 2));
    for (const node of this.double.nodes) node.resetConnections();
    await this.time.pause(Math.floor(forMs / 2));
    this.double.elect(this.another(leading));
    this.changing = false;
  }

  private last(lasting: Promise<unknown>): void {
    const kept = lasting.finally(() => this.lasting.delete(kept));
    this.lasting.add(kept);
  }

  /** Of one node it is the node itself. */
  private another(node: DoubleNode): DoubleNode {
    const { nodes } = this.double;
    return nodes[(nodes.indexOf(node) + 1) % nodes.length] ?? node;
  }
}
