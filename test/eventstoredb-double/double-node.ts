import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { append, batchAppend } from './answer-appends';
import { bytesOf, read } from './answer-reads';
import type { DoubleLog } from './double-log';
import { DoubleFaults } from './faults';
import { refusal } from './refusals';
import { DoubleSubscriptions } from './subscriptions';

/** What a node asks about its neighbours. */
export interface Neighbours {
  readonly nodes: readonly DoubleNode[];
  readonly leader: DoubleNode | undefined;
}

/** Without a leader nobody follows: the client then takes no node for one that it may ask. */
const stateOf = (node: DoubleNode, leader: DoubleNode | undefined) => {
  const { LEADER, FOLLOWER, UNKNOWN } = MemberInfo.VNodeState;
  if (leader === undefined) return UNKNOWN;
  return node === leader ? LEADER : FOLLOWER;
};

/** One node of the double: speaks the real protocol on a loopback port, from the service definitions that the client ships. */
export class DoubleNode {
  readonly host = '127.0.0.1';
  readonly faults = new DoubleFaults();
  readonly subscriptions = new DoubleSubscriptions(this);
  port = 0;
  alive = false;
  /** Calls of each method since the node started. */
  readonly calls = { read: 0, readServed: 0, append: 0, batchAppend: 0, gossip: 0, features: 0 };
  private readonly sockets = new Set<Socket>();
  private grpc: Server | undefined;
  private net: NetServer | undefined;

  constructor(
    readonly log: DoubleLog,
    private readonly neighbours: () => Neighbours,
    private readonly options: { readonly batch: boolean } = { batch: true },
  ) {}

  leader(): DoubleNode | undefined {
    return this.neighbours().leader;
  }

  /** Position of the newest record that is read here: a follower may come behind. */
  get seen(): bigint {
    const { records } = this.log;
    const behind = this.leader() === this ? 0 : this.faults.staleBy;
    return records[records.length - 1 - behind]?.position ?? -1n;
  }

  /** On the port it had before, if it had one. */
  async start(): Promise<void> {
    const grpc = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
    this.serve(grpc);
    const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
    this.net = createServer({ noDelay: true }, (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
      injector.injectConnection(socket);
    });
    this.net.listen(this.port, this.host);
    await once(this.net, 'listening');
    this.port = (this.net.address() as AddressInfo).port;
    this.grpc = grpc;
    this.alive = true;
  }

  /** As kill -9: nobody is told, connections break. */
  async kill(): Promise<void> {
    if (!this.alive) return;
    this.alive = false;
    const closed = new Promise<void>((resolve) => this.net?.close(() => resolve()));
    this.resetConnections();
    await new Promise(setImmediate);
    this.grpc?.forceShutdown();
    await closed;
  }

  /** In the next turn: Node aborts where a session ends amid the bytes that it is reading (nodejs/node#64850). */
  resetConnections(): void {
    const sockets = [...this.sockets];
    setImmediate(() => sockets.forEach((socket) => socket.resetAndDestroy()));
  }

  private serve(grpc: Server): void {
    const counted =
      <Call extends readonly unknown[]>(name: keyof DoubleNode['calls'], handle: (...call: Call) => void) =>
      (...call: Call): void => {
        this.calls[name] += 1;
        handle(...call);
      };
    grpc.addService(
      { ...StreamsService, read: { ...StreamsService.read, responseSerialize: bytesOf } },
      {
        read: counted('read', read(this)),
        append: counted('append', append(this)),
        batchAppend: counted('batchAppend', batchAppend(this)),
        delete: (_call: unknown, respond: (error: Error) => void) => respond(refusal(12, 'the double deletes by its own methods')),
        tombstone: (_call: unknown, respond: (error: Error) => void) => respond(refusal(12, 'the double deletes by its own methods')),
      },
    );
    grpc.addService(GossipService, {
      read: counted('gossip', (_call: unknown, respond: (error: null, info: ClusterInfo) => void) => respond(null, this.gossip())),
    });
    grpc.addService(ServerFeaturesService, {
      getSupportedMethods: counted('features', (_call: unknown, respond: (error: null, methods: SupportedMethods) => void) =>
        respond(null, this.features()),
      ),
    });
  }

  private gossip(): ClusterInfo {
    const { nodes, leader } = this.neighbours();
    const info = new ClusterInfo();
    info.setMembersList(
      nodes.map((node) => {
        const end = new EndPoint();
        end.setAddress(node.host);
        end.setPort(node.port);
        const member = new MemberInfo();
        member.setInstanceId(new UUID().setString('00000000-0000-4000-8000-000000000000'));
        member.setTimeStamp('0');
        member.setState(stateOf(node, leader));
        member.setIsAlive(node.alive);
        return member.setHttpEndPoint(end);
      }),
    );
    return info;
  }

  private features(): SupportedMethods {
    const methods = new SupportedMethods();
    methods.setEventStoreServerVersion('23.10.6-double');
    for (const name of this.options.batch ? ['append', 'batchappend', 'read'] : ['append', 'read']) {
      const method = new SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      methods.addMethods(method);
    }
    return methods;
  }
}
