import { exchangeHistoryModel } from '#projections/exchange-history/exchange-history.table';
import { quotedTable } from '#read-store/tables/table-names';
import type { Schedule } from './schedule';
import type { ErasureHarness } from './harness';

export interface StalledModel {
  end(): Promise<void>;
}

const tableOf = { 'exchange-history': quotedTable(exchangeHistoryModel.projection), 'personal-text': 'read.personal_text' } as const;

/** Lets a read model stand as the schedule says, until `end`. */
export const stallModel = async ({ pool, builds }: ErasureHarness, { model, stands }: Schedule): Promise<StalledModel> => {
  switch (stands) {
    case 'well':
    case 'behind':
      return { end: async () => undefined };
    case 'paused':
      await pool.query('update read.projection set paused = true where name = $1', [model]);
      return { end: async () => void (await pool.query('update read.projection set paused = false where name = $1', [model])) };
    case 'stuck':
      await pool.query(`alter table ${tableOf[model]} add constraint stuck check (false) not valid`);
      return { end: async () => void (await pool.query(`alter table ${tableOf[model]} drop constraint stuck`)) };
    case 'rebuilt':
      await builds.rebuild({ name: 'exchange-history', byHand: true }).run();
      return { end: async () => void (await builds.stop({ name: 'exchange-history' }).run()) };
  }
};
