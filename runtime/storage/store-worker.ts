import { toPlainError } from '../base/index.ts';
import { serveWorker } from '../workers/index.ts';
import type { Database } from './database.ts';
import { commitGroup } from './commit-group.ts';
import { errors } from './errors.ts';
import type { StoreMethods } from './methods.ts';
import { openFile } from './open-file.ts';

serveWorker(() => {
  const databases = new Map<number, Database>();
  let opened = 0;

  const open = (id: number): Database => {
    const database = databases.get(id);
    if (!database) throw errors.STORE_CLOSED({ file: `store ${id}` });
    return database;
  };

  return {
    open(options) {
      const { database, warning } = openFile(options);
      const id = ++opened;
      databases.set(id, database);
      return { id, warning: warning && toPlainError(warning) };
    },
    commit: (id, group) => commitGroup(open(id), group),
    read: (id, sql, values) => open(id).all(sql, values),
    close(id) {
      databases.get(id)?.close();
      databases.delete(id);
    },
  } satisfies StoreMethods;
});
