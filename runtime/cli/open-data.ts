import { join } from 'node:path';
import { systemClock } from '../base/index.ts';
import { type DataSet, type DataSets, openDataSets, openRecordings, type Recordings } from '../datasets/index.ts';

/** Opens the data sets of a user directory for as long as the work takes. */
export async function withData<T>(userDir: string, work: (data: DataSets) => Promise<T>): Promise<T> {
  const data = openDataSets({ directory: join(userDir, 'millrace', 'data'), clock: systemClock });
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}

/** @throws DATA_SET_NOT_FOUND */
export const withDataSet = <T>(userDir: string, name: string, work: (set: DataSet) => Promise<T>): Promise<T> =>
  withData(userDir, async (data) => {
    const set = await data.find(name);
    try {
      return await work(set);
    } finally {
      await set.close();
    }
  });

export const recordingsOf = (userDir: string): Recordings =>
  openRecordings({ directory: join(userDir, 'millrace', 'recordings'), clock: systemClock });
