import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { wireMessage } from '../../../runtime/messages/index.ts';
import { sendersConform } from './conformance.ts';

sendersConform({
  kind: 'files',
  repeats: 'once',
  network: false,
  signsIn: false,
  start: (directory) =>
    Promise.resolve({
      settings: { type: 'files', folder: 'sent', format: 'json', compression: 'zstd' },
      async received() {
        const names = await readdir(join(directory, 'sent'), { recursive: true }).catch(() => []);
        const files = names.filter((name) => name.endsWith('.json.zst')).sort();
        const texts = await Promise.all(
          files.map(async (name) => zstdDecompressSync(await readFile(join(directory, 'sent', name))).toString()),
        );
        return texts.flatMap((text) => (JSON.parse(text) as unknown[]).map((one) => wireMessage.parse(one)));
      },
      stop: () => Promise.resolve(),
    }),
});
