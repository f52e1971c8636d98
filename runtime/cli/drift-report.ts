import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asMillraceError } from '../base/index.ts';
import type { DriftReportOptions } from './drift-program.ts';
import { errors } from './errors.ts';
import { findStream, withDrift } from './open-drift.ts';
import type { Terminal } from './terminal.ts';

/** `millrace drift report` @throws DRIFT_NODE_UNKNOWN, REPORT_UNWRITABLE */
export async function reportDrift(
  name: string | undefined,
  options: DriftReportOptions,
  terminal: Terminal,
): Promise<void> {
  const { userDir, span, output = 'drift-report.html', json } = options;
  const { page, nodes } = await withDrift(userDir, async (drift) => {
    const streams = name === undefined ? await drift.streams() : [await findStream(drift, name)];
    const asked = streams.map(({ node }) => node);
    return { page: await drift.report(asked, { span }), nodes: asked };
  });
  if (output === '-') return terminal.result(page.trimEnd());
  const path = resolve(output);
  await write(path, page);
  if (json) return terminal.result(JSON.stringify({ path, nodes }));
  terminal.result(`Written to ${path}`);
  terminal.progress('Open it in a browser; it prints as it is.');
}

/** The file is whole under its name, or what was there before stays. */
async function write(path: string, page: string): Promise<void> {
  const unfinished = `${path}.partial`;
  try {
    await writeFile(unfinished, page);
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw errors.REPORT_UNWRITABLE({ file: path, reason: asMillraceError(cause).message }, { cause });
  }
}
