import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { queries } from '../../api/client';
import type { paths } from '../../api/generated/schema';
import { number } from '../../i18n/format';
import { useNetwork } from '../../session/session';

const LIST = '/networks/{networkId}/operations/projections';

export type ListedBuild = paths[typeof LIST]['get']['responses'][200]['content']['application/json']['projections'][number];
export type Progress =
  paths['/networks/{networkId}/operations/projections/{name}']['get']['responses'][200]['content']['application/json']['builds'][number];

export const PROCESS = 'process/';
export const isProcess = (name: string): boolean => name.startsWith(PROCESS);

type Built = Pick<ListedBuild, 'name' | 'version' | 'build'>;
export const keyOf = ({ name, version, build }: Built): string => `${name}/${version}/${build}`;

const LOOK_AGAIN_MS = 5_000;

/** How far each build of one read model or process is. */
export const progressOf = (networkId: string, name: string) =>
  queries.queryOptions(
    'get',
    '/networks/{networkId}/operations/projections/{name}',
    { params: { path: { networkId, name } } },
    { refetchInterval: LOOK_AGAIN_MS },
  );

/** Each build and process, with its lag; asked again while one looks. */
export const useListedBuilds = () => {
  const { networkId } = useNetwork();
  return queries.useQuery('get', LIST, { params: { path: { networkId } } }, { refetchInterval: LOOK_AGAIN_MS });
};

export type Liveness = 'connecting' | 'live' | 'lost';
type Items = readonly { readonly key: string; readonly value: Progress | null }[];

const LEAST_MS = 2_000;
const MOST_MS = 60_000;

const merged = (before: ReadonlyMap<string, Progress>, items: Items): ReadonlyMap<string, Progress> => {
  const after = new Map(before);
  for (const { key, value } of items) {
    if (value) after.set(key, value);
    else after.delete(key);
  }
  return after;
};

const shapeOf = (progress: ReadonlyMap<string, Progress>): string =>
  [...progress.values()].map((one) => `${keyOf(one)} ${one.serves}`).join();

/** How far each build of a read model is, each second, by the feed; the list is read anew where a build came, went or took over. */
export const useProgress = (prefix = ''): { readonly progress: ReadonlyMap<string, Progress>; readonly liveness: Liveness } => {
  const { networkId } = useNetwork();
  const cache = useQueryClient();
  const [liveness, setLiveness] = useState<Liveness>('connecting');
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map());
  const shape = shapeOf(progress);
  const seen = useRef('');
  useEffect(() => {
    if (seen.current !== '' && seen.current !== shape) void cache.invalidateQueries({ queryKey: ['get', LIST] });
    seen.current = shape;
  }, [cache, shape]);
  useEffect(() => {
    let source: EventSource | null = null;
    let again: ReturnType<typeof setTimeout> | undefined;
    let wait = LEAST_MS;
    const open = (): void => {
      source = new EventSource(`/networks/${networkId}/feeds/projections?prefix=${encodeURIComponent(prefix)}`);
      source.onopen = () => {
        setLiveness('live');
        wait = LEAST_MS;
      };
      source.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
        const { items, page } = JSON.parse(data) as { items: Items; page: number };
        setProgress((before) => merged(page === 1 ? new Map() : before, items));
      });
      source.addEventListener('delta', ({ data }: MessageEvent<string>) =>
        setProgress((before) => merged(before, (JSON.parse(data) as { changes: Items }).changes)),
      );
      source.onerror = () => {
        setLiveness('lost');
        if (source?.readyState !== EventSource.CLOSED) return;
        again = setTimeout(open, wait);
        wait = Math.min(wait * 2, MOST_MS);
      };
    };
    open();
    return () => {
      clearTimeout(again);
      source?.close();
    };
  }, [networkId, prefix]);
  return { progress, liveness };
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 min`, as the reader's language writes it. */
export const duration = (seconds: number): string => {
  const [size, unit] =
    seconds < MINUTE
      ? ([1, 'second'] as const)
      : seconds < HOUR
        ? ([MINUTE, 'minute'] as const)
        : seconds < DAY
          ? ([HOUR, 'hour'] as const)
          : ([DAY, 'day'] as const);
  return number(Math.max(Math.round(seconds / size), 1), { style: 'unit', unit, unitDisplay: 'short' });
};
