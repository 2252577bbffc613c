import { Outlet } from '@tanstack/react-router';
import type { PropsWithChildren } from 'react';
import { DeskMenu, type DeskAddress } from './desk-menu';

interface DeskProps<Key extends string> {
  readonly say: (key: Key | 'desk') => string;
  /** The first one's address is that of the desk; none, where somebody has but one of them in the bar. */
  readonly pages: readonly { readonly to: DeskAddress; readonly label: Key }[];
  /** What of the address goes along from page to page. */
  readonly search?: Readonly<Record<string, string>>;
}

/** A desk: its pages, the way from one to the other, and what stands above each of them. */
export const Desk = <Key extends string>({ say, pages, search = {}, children }: PropsWithChildren<DeskProps<Key>>) => (
  <div className="stack">
    {pages.length > 0 ? (
      <DeskMenu label={say('desk')} desks={pages.map(({ to, label }) => ({ to, label: say(label) }))} search={search} />
    ) : null}
    {children}
    <Outlet />
  </div>
);
