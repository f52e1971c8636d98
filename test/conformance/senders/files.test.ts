import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { sendersConform } from './conformance.ts';
import type { Harness } from './harness.ts';
import { fromLines } from './lines.ts';

const files: Harness = {
  kind: 'files',
  repeats: 'once',
  network: false,
  signsIn: false,
  start(directory) {
    const folder = join(directory, 'uploads');
    return Promise.resolve({
      settings: { type: 'files', folder },
      async received() {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
        return fromLines(
          await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)),
        );
      },
      stop: () => Promise.resolve(),
    });
  },
};

sendersConform(files);
