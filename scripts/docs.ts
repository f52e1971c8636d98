// npm run docs: writes the pages of docs/ that are generated.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './build/paths.ts';
import { errorsPage } from './errors-page.ts';

await writeFile(join(root, 'docs/errors.md'), await errorsPage());
