import type { handleBidiStreamingCall, handleClientStreamingCall } from '@grpc/grpc-js';
import { AllStreamPosition, Empty as Nothing } from '@eventstore/db-client/generated/shared_pb';
import { type AppendReq, AppendResp, type BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { DoubleAnswer, DoubleExpected, Proposed } from './double-log';
import type { DoubleNode } from './double-node';
import {
  batchDeleted,
  batchEventTooLarge,
  batchNotReady,
  batchTimeout,
  batchTooLarge,
  batchWrong,
  eventTooLarge,
  identifier,
  notLeader,
  refusal,
  streamDeleted,
  tooLarge,
} from './refusals';

type Verdict =
  | DoubleAnswer
  | { readonly kind: 'too-large' | 'silence' | 'not-ready' }
  | { readonly kind: 'event-too-large'; readonly id: string; readonly bytes: number }
  | { readonly kind: 'not-leader'; host: string; port: number };

interface Gathered {
  readonly stream: string;
  readonly expected: DoubleExpected;
  readonly events: Proposed[];
}

/** Every append of both paths ends here: what the server does with it, and what the script makes of that. */
const judge = async (node: DoubleNode, { stream, expected, events }: Gathered, requiresLeader: boolean): Promise<Verdict> => {
  const { faults } = node;
  await faults.beforeAppend();
  faults.judged += 1;
  if (faults.notLeader.times > 0) {
    faults.notLeader.times -= 1;
    return { kind: 'not-leader', ...faults.notLeader };
  }
  const leader = node.leader();
  if (leader === undefined || faults.take('notReady')) return { kind: 'not-ready' };
  if (requiresLeader && leader !== node) return { kind: 'not-leader', host: leader.host, port: leader.port };
  if (faults.take('swallowAppends')) return { kind: 'silence' };
  const large = events.find((event) => sizeOf(event) > faults.maxAppendEventSize);
  if (large !== undefined) return { kind: 'event-too-large', id: large.id, bytes: sizeOf(large) };
  if (events.reduce((sum, event) => sum + sizeOf(event), 0) > faults.maxAppendSize) return { kind: 'too-large' };
  const answer = node.log.append(stream, expected, events);
  if (faults.take('resetAfterCommit')) {
    node.resetConnections();
    return { kind: 'silence' };
  }
  return faults.take('loseReplies') ? { kind: 'silence' } : answer;
};

/** As the server counts from 24.10.4 on, two bytes for each letter of a type; before, it counted the data alone. */
const sizeOf = ({ type, data, metadata }: Proposed): number => data.length + metadata.length + 2 * type.length;

export const batchAppend =
  (node: DoubleNode): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const gathering = new Map<string, Gathered>();
    const requiresLeader = call.metadata.get('requires-leader')[0] === 'true';
    call.on('error', () => undefined);
    call.on('end', () => call.end());
    call.on('data', (request: BatchAppendReq) => {
      if (node.faults.deaf) return void call.pause();
      const id = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      if (options !== undefined) gathering.set(id, { stream: nameOf(options), expected: expectedOfBatch(options), events: [] });
      const gathered = gathering.get(id);
      gathered?.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (gathered === undefined || !request.getIsFinal()) return;
      gathering.delete(id);
      void judge(node, gathered, requiresLeader).then((verdict) => {
        // as the server: the whole call ends, whatever else is pending on it
        if (verdict.kind === 'not-leader') return void call.emit('error', notLeader(verdict.host, verdict.port));
        const answer = batchAnswer(node, gathered, verdict);
        if (answer === undefined || call.cancelled || call.destroyed) return;
        const correlation = request.getCorrelationId();
        answer.setStreamIdentifier(identifier(gathered.stream));
        if (correlation !== undefined) answer.setCorrelationId(correlation);
        call.write(answer);
      });
    });
  };

const batchAnswer = (node: DoubleNode, { stream, expected }: Gathered, verdict: Verdict): BatchAppendResp | undefined => {
  const answer = new BatchAppendResp();
  switch (verdict.kind) {
    case 'written':
      return answer.setSuccess(batchSuccess(expected, verdict));
    case 'wrong':
      return answer.setError(batchWrong(expected, verdict.actual));
    case 'deleted':
      return answer.setError(batchDeleted(stream));
    case 'too-large':
      return answer.setError(batchTooLarge(node.faults.maxAppendSize));
    case 'event-too-large':
      return answer.setError(batchEventTooLarge(verdict, node.faults.maxAppendEventSize));
    case 'not-ready':
      return answer.setError(batchNotReady());
    case 'dropped':
      return answer.setError(batchTimeout());
    default:
      return undefined;
  }
};

/** The revision that this path tells is 1 wherever the stream existed: observed, and kept. */
const batchSuccess = (expected: DoubleExpected, { position, last }: { position: bigint; last: bigint }): BatchAppendResp.Success => {
  const place = new AllStreamPosition();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  const success = new BatchAppendResp.Success();
  success.setCurrentRevision(expected === 'no_stream' ? String(last) : '1');
  return success.setPosition(place);
};

export const append =
  (node: DoubleNode): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, respond) => {
    let gathered: Gathered | undefined;
    const requiresLeader = call.metadata.get('requires-leader')[0] === 'true';
    call.on('error', () => undefined);
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      const message = request.getProposedMessage();
      if (options !== undefined) gathered = { stream: nameOf(options), expected: expectedOfSingle(options), events: [] };
      if (message !== undefined) gathered?.events.push(proposedOf(message));
    });
    call.on('end', () => {
      if (gathered === undefined) return respond(refusal(3, 'no options'));
      const { stream } = gathered;
      void judge(node, gathered, requiresLeader).then((verdict) => {
        if (verdict.kind === 'not-leader') return respond(notLeader(verdict.host, verdict.port));
        if (verdict.kind === 'deleted') return respond(streamDeleted(stream));
        if (verdict.kind === 'too-large') return respond(tooLarge(node.faults.maxAppendSize));
        if (verdict.kind === 'event-too-large') return respond(eventTooLarge(verdict, node.faults.maxAppendEventSize));
        if (verdict.kind === 'not-ready') return respond(refusal(14, 'Server Is Not Ready'));
        if (verdict.kind === 'dropped') return respond(refusal(10, 'Operation timed out: Commit phase timeout.'));
        if (verdict.kind === 'written' || verdict.kind === 'wrong') respond(null, singleAnswer(verdict));
      });
    });
  };

const singleAnswer = (verdict: Extract<Verdict, { kind: 'written' | 'wrong' }>): AppendResp => {
  const answer = new AppendResp();
  if (verdict.kind === 'written') {
    const place = new AppendResp.Position();
    place.setCommitPosition(String(verdict.position));
    place.setPreparePosition(String(verdict.position));
    return answer.setSuccess(new AppendResp.Success().setCurrentRevision(String(verdict.last)).setPosition(place));
  }
  const wrong = new AppendResp.WrongExpectedVersion();
  if (verdict.actual === undefined) wrong.setCurrentNoStream(new Nothing());
  else wrong.setCurrentRevision(String(verdict.actual));
  return answer.setWrongExpectedVersion(wrong);
};

const nameOf = (options: AppendReq.Options | BatchAppendReq.Options): string =>
  Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

const expectedOfBatch = (options: BatchAppendReq.Options): DoubleExpected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : BigInt(options.getStreamPosition());
};

const expectedOfSingle = (options: AppendReq.Options): DoubleExpected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return options.hasAny() ? 'any' : BigInt(options.getRevision());
};

const proposedOf = (message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});
