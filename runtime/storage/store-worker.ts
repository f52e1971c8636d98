import { toPlainError } from '../base/index.ts';
import { serveWorker } from '../workers/index.ts';
import { commitGroup } from './commit-group.ts';
import { errors } from './errors.ts';
import type { StoreMethods } from './methods.ts';
import { openFile, type OpenFile } from './open-file.ts';

serveWorker(() => {
  const files = new Map<number, OpenFile>();
  let opened = 0;

  const open = (id: number): OpenFile => {
    const file = files.get(id);
    if (!file) throw errors.STORE_CLOSED({ file: `store ${id}` });
    return file;
  };

  return {
    open(options) {
      const file = openFile(options);
      const id = ++opened;
      files.set(id, file);
      return { id, warning: file.warning && toPlainError(file.warning) };
    },
    commit(id, group) {
      const { database, room } = open(id);
      return commitGroup(database, group, room);
    },
    read: (id, sql, values) => open(id).database.all(sql, values),
    size: (id) => open(id).room.size(),
    close(id) {
      files.get(id)?.database.close();
      files.delete(id);
    },
  } satisfies StoreMethods;
});
