import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { wireMessage } from '../../../runtime/messages/index.ts';
import { sendersConform } from './conformance.ts';
import { gapsAsSent } from './support.ts';

sendersConform({
  kind: 'sqlite',
  repeats: 'once',
  network: false,
  signsIn: false,
  start: (directory) =>
    Promise.resolve({
      settings: { type: 'sqlite', file: 'plant.sqlite' },
      received() {
        const database = new DatabaseSync(join(directory, 'plant.sqlite'), { readOnly: true });
        try {
          const messages = database.prepare('SELECT message FROM millrace_messages ORDER BY rowid').all();
          const gaps = database.prepare('SELECT * FROM millrace_messages_gaps').all();
          const held = messages.map(({ message }) => wireMessage.parse(JSON.parse(String(message))));
          return Promise.resolve([...held, ...gapsAsSent(gaps)]);
        } finally {
          database.close();
        }
      },
      stop: () => Promise.resolve(),
    }),
});
