import { MILLRACE } from './command-name.ts';
import { findingLines, showCount } from './data-lines.ts';
import type { DataCheckOptions } from './data-program.ts';
import { quotedName } from './data-show.ts';
import { withDataSet } from './open-data.ts';
import type { Terminal } from './terminal.ts';

/** `millrace data check` @throws DATA_SET_NOT_FOUND @returns whether nothing stands in the way */
export async function checkData(name: string, options: DataCheckOptions, terminal: Terminal): Promise<boolean> {
  const { files, damaged, findings } = await withDataSet(options.userDir, name, async (set) => {
    const verified = await set.verify(options.mend === true);
    const readable = verified.damaged.length === 0 || options.mend === true;
    return { ...verified, findings: readable ? await set.findings() : [] };
  });
  const lost = damaged.reduce((sum, { examples }) => sum + examples, 0);
  const stop = findings.some(({ weight }) => weight === 'stop') || (damaged.length > 0 && !options.mend);
  if (options.json) terminal.result(JSON.stringify({ name, files, damaged, findings }));
  else {
    for (const { file, reason, examples } of damaged) {
      terminal.result(`DAMAGED ${file} with ${showCount(examples, 'example')}: ${reason}`);
    }
    for (const line of findingLines(findings)) terminal.result(line);
    if (damaged.length === 0 && findings.length === 0) terminal.result(`Nothing stands out in ${quotedName(name)}.`);
    if (damaged.length > 0 && options.mend) terminal.progress(`${showCount(lost, 'example')} taken out.`);
    else if (damaged.length > 0) {
      terminal.progress(
        `Restore the files from a copy, or go on without them: ${MILLRACE} data check ${quotedName(name)} --mend`,
      );
    }
  }
  return !stop;
}
