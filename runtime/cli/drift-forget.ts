import { MILLRACE } from './command-name.ts';
import type { DriftOptions } from './drift-program.ts';
import { findStream, withDrift } from './open-drift.ts';
import type { Terminal } from './terminal.ts';

/** `millrace drift forget` @throws DRIFT_NODE_UNKNOWN */
export async function forgetDrift(name: string, options: DriftOptions, terminal: Terminal): Promise<void> {
  const { stream, left } = await withDrift(options.userDir, async (drift) => {
    const found = await findStream(drift, name);
    await drift.forget(found.node);
    return { stream: found, left: (await drift.streams()).length };
  });
  if (options.json) return terminal.result(JSON.stringify({ forgotten: stream.node }));
  terminal.result(`What was kept of "${stream.name}" (${stream.node}) is gone.`);
  terminal.progress('A drift node that runs watches on, and is kept again from its next comparison on.');
  if (left > 0) terminal.progress(`See what is left: ${MILLRACE} drift list`);
}
