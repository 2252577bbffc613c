import type { AnyReadModel } from '#read-store/read-model';
import type { ReadStore } from '#read-store/read-store.port';
import type { Topics } from '#topics/topics.port';
import { SearchDirectoryHandler, type DirectoryPage, type SearchDirectory } from './directory/directory.queries';
import { directoryModel } from './directory/directory.table';
import { ListExchangesHandler, type ExchangePage, type ListExchanges } from './exchange-history/exchange-history.queries';
import { exchangeHistoryModel } from './exchange-history/exchange-history.table';
import { ReadMatchQueueHandler, type QueuePage, type ReadMatchQueue } from './match-queue/match-queue.queries';
import { matchQueueModel } from './match-queue/match-queue.table';
import { TrainingHoursByMonthHandler, type TrainingHoursByMonth } from './training-hours/training-hours.queries';
import { trainingHoursModel } from './training-hours/training-hours.table';

/** A question that can be asked of the past: by the handler that answers of the present, on another store. */
export interface Dated<Question, Answer> {
  readonly model: AnyReadModel;
  readonly answer: (parts: { readonly store: ReadStore; readonly topics: Topics }, question: Question) => Promise<Answer>;
}

export const queueThen: Dated<ReadMatchQueue, QueuePage> = {
  model: matchQueueModel,
  answer: ({ store }, question) => new ReadMatchQueueHandler(store).execute(question),
};

/** Who chose to be shown by a request may have chosen otherwise since: for a past date, no request names its author. */
export const directoryThen: Dated<SearchDirectory, DirectoryPage> = {
  model: directoryModel,
  answer: async ({ store, topics }, question) => {
    const page = await new SearchDirectoryHandler(store, topics).execute(question);
    return { ...page, entries: page.entries.map((entry) => (entry.kind === 'request' ? { ...entry, author: null } : entry)) };
  },
};

export const hoursByMonthThen: Dated<TrainingHoursByMonth, Awaited<ReturnType<TrainingHoursByMonthHandler['execute']>>> = {
  model: trainingHoursModel,
  answer: ({ store }, question) => new TrainingHoursByMonthHandler(store).execute(question),
};

export const exchangesThen: Dated<ListExchanges, ExchangePage> = {
  model: exchangeHistoryModel,
  answer: ({ store }, question) => new ListExchangesHandler(store).execute(question),
};
