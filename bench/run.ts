// npm run bench -- NAME: runs one benchmark, or all.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const names = (await readdir(import.meta.dirname, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory() && !['support', 'results'].includes(entry.name))
  .map((entry) => entry.name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}". There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length > 0 ? wanted : names) {
    const { run } = (await import(join(import.meta.dirname, name, 'index.ts'))) as { run: () => Promise<void> };
    await run();
  }
}
