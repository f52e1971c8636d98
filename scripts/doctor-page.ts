/** The tables of docs/doctor.md are generated from those of the doctor. The rest of the page is written by hand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FINDING_GROUPS, FIT_PROBLEMS } from '../runtime/doctor/index.ts';
import { root } from './build/paths.ts';

interface Row {
  readonly severity: string;
  readonly meaning: string;
  readonly fix: string;
}

/** What stands between `<!-- generated: NAME … -->` and `<!-- end -->`, by name. */
const PARTS: Readonly<Record<string, () => string>> = {
  findings: () =>
    Object.entries(FINDING_GROUPS)
      .map(([group, kinds]) => `### ${group}\n\n${table(kinds)}`)
      .join('\n'),
  problems: () => table(FIT_PROBLEMS),
};

/** The page's whole text, with every table as the doctor has it now. */
export async function doctorPage(): Promise<string> {
  const page = await readFile(join(root, 'docs/doctor.md'), 'utf8');
  return page.replace(
    /(<!-- generated: (\w+)[^>]*-->\n)([^]*?)(?=<!-- end -->)/g,
    (_, begin: string, name: string, before: string) => begin + (PARTS[name] ? `\n${PARTS[name]()}\n` : before),
  );
}

function table(rows: Readonly<Record<string, Row>>): string {
  const lines = Object.entries(rows).map(([code, { severity, meaning, fix }]) => {
    return `| \`${code}\` | ${severity} | ${cell(meaning)} | ${cell(fix)} |`;
  });
  return ['| code | | what is wrong | what to do |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');
