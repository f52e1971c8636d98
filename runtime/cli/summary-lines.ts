import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import type { Summary } from '../server/index.ts';

/** What `millrace start` prints: where it is and what runs, a line each. */
export function summaryLines(summary: Summary): string[] {
  const { version, url, headless, userDir, flow, uses, metrics, protection } = summary;
  const tabs = flow.tabs.length > 0 ? flow.tabs.join(', ') : 'no tab';
  const rows: [string, string][] = [
    headless ? ['metrics', metrics.url] : ['editor', url],
    ['flow', `${tabs} (${flow.nodes} ${flow.nodes === 1 ? 'node' : 'nodes'})`],
    ['file', `${tilde(flow.file)}${flow.fresh ? ' (your own copy, made just now)' : ''}`],
    ...uses.map(({ what, text }): [string, string] => [what, text]),
    ['kept in', tilde(userDir)],
    ['open to', protection === 'password' ? 'whoever knows the password' : 'this machine only'],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    `Millrace ${version} runs${headless ? ' without an editor' : ''}.`,
    '',
    ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
    '',
    headless ? 'Ctrl-C stops it.' : 'Open the address in a browser. Ctrl-C stops it.',
  ];
}

/** A path as a person writes it: from here, or from home, whichever is shorter. */
function tilde(path: string): string {
  const here = relative('.', path);
  if (here !== '' && !here.startsWith('..')) return `.${sep}${here}`;
  const home = homedir();
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
