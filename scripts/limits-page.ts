/** docs/limits.md is generated from the limits that the rooms name. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namedLimits } from '../runtime/base/index.ts';
import { root } from './build/paths.ts';

const INTRODUCTION = `# Limits

<!-- Generated from the rooms' named limits by \`npm run docs\`: change it there. -->

Every queue, cache and file has a bound. What a bound has cost is counted: \`millrace_limit_NAME_total\` at \`/metrics\`.
To set one, set the environment variable before the start, for example \`MILLRACE_LIMIT_OUTBOX_MESSAGES=1000000\`.

| name | default | what is counted | to set it |
| --- | --- | --- | --- |
`;

/** The page's whole text: a row a limit. */
export async function limitsPage(): Promise<string> {
  const files = await readdir(join(root, 'runtime'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))) {
    const path = join(root, 'runtime', file);
    // Workers' files run only as workers, and the command's would start it.
    if (
      !/-(worker|process)\.ts$|cli\/main\.ts$/.test(file) &&
      (await readFile(path, 'utf8')).includes('defineLimit(')
    ) {
      await import(path);
    }
  }
  const rows = [...namedLimits()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, standard, meaning }) => {
      return `| ${name} | ${standard.toLocaleString('en')} | ${meaning} | \`MILLRACE_LIMIT_${name.toUpperCase()}\` |`;
    });
  return `${INTRODUCTION}${rows.join('\n')}\n`;
}
