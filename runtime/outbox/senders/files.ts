import { mkdir, opendir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { FilesTarget } from '../schema.ts';
import { documentName, encodeBatch } from './document/index.ts';
import { explainFile } from './files/answers.ts';
import { openKeeping } from './files/keeping.ts';
import { writeDurably } from './files/write-durably.ts';
import type { Connection, Sender } from './sender.ts';

/** One file. */
const BATCH = { messages: 100_000, bytes: 32 * 1024 * 1024 };

/**
 * Files in a folder, a batch each. A batch counts as sent when its file is on disk under its name; until then it has another
 * one, so that whoever looks into the folder never sees half a file.
 */
export const connectFiles: Sender<FilesTarget> = async (target, { gateway, destination, userDir, clock }) => {
  const folder = resolve(userDir, target.folder);
  const told = <T>(work: Promise<T>): Promise<T> =>
    clock.hold(work).catch((error: unknown) => {
      throw explainFile(error, folder);
    });
  // A folder elsewhere may lie on a disk that is not there just now: only its last part is made.
  await told(makeFolder(folder, !isAbsolute(target.folder)));
  const keeping = target.keepBytes > 0 ? await told(openKeeping(folder, target.keepBytes)) : undefined;

  const connection: Connection = {
    most: BATCH,
    window: 1,
    async send(batch) {
      const document = await clock.hold(encodeBatch(batch, { ...target, gateway }));
      const name = documentName(target.file, batch, { gateway, destination }, document);
      await told(writeDurably(folder, name, document.body));
      await told(keeping?.written(join(folder, name), document.body.byteLength) ?? Promise.resolve());
    },
    close: () => Promise.resolve(),
  };
  return connection;
};

async function makeFolder(folder: string, recursive: boolean): Promise<void> {
  await mkdir(folder, { recursive }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // It may be a file.
  await (await opendir(folder)).close();
}
