/** docs/errors.md is generated from the rooms' tables of errors. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorTables } from '../runtime/base/index.ts';
import { root } from './build/paths.ts';

const INTRODUCTION = `# Errors

<!-- Generated from runtime/**/errors.ts by \`npm run docs\`: change it there. -->

Every error of Millrace has a code. You meet it on the console, at a *catch* node (\`msg.error.code\`) and in the
sidebar; its short title is the red status of the node.
`;

/** The page's whole text: a section a room, a row a code. */
export async function errorsPage(): Promise<string> {
  const files = await readdir(join(root, 'runtime'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('errors.ts')).sort()) {
    await import(join(root, 'runtime', file));
  }
  const sections = [...errorTables()]
    .filter(([room]) => room !== 'kitchen')
    // Which table is made first depends on who asks.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([room, entries]) => {
      const rows = Object.entries(entries).map(([code, { title, meaning, hint }]) => {
        const todo = typeof hint === 'string' ? hint : 'The message says what to do.';
        return `| \`${code}\` | ${title} | ${cell(meaning)} | ${cell(todo)} |`;
      });
      return `\n## ${room}\n\n| code | status | meaning | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
    });
  return INTRODUCTION + sections.join('');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
