import { columns, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import type { ModelAliasOptions } from './model-program.ts';
import { withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/** `millrace model alias` @throws ALIAS_INVALID, MODEL_NOT_FOUND, OPTION_INVALID */
export async function aliasModel(
  name: string,
  alias: string,
  version: string | undefined,
  options: ModelAliasOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.remove && version !== undefined) {
    throw errors.OPTION_INVALID({ option: '--remove', value: version, expected: 'given without a version' });
  }
  await withModels(options.userDir, async (registry) => {
    if (options.remove) {
      await registry.alias(name, alias, undefined);
      return terminal.result(
        options.json ? JSON.stringify({ name, alias }) : `${name} has no alias "${alias}" any longer.`,
      );
    }
    if (version !== undefined) await registry.alias(name, alias, version);
    const entry = await registry.find(`${name}@${alias}`);
    const moves = await registry.moves(name, alias);
    if (options.json) {
      return terminal.result(JSON.stringify({ name, alias, version: entry.version, digest: entry.digest, moves }));
    }
    terminal.result(`${name}@${alias} is version ${entry.version ?? ''}.`);
    if (version === undefined) {
      const lines = moves.map((move) => ['', showDate(move.moved), move.version ?? 'taken away']);
      for (const line of columns(lines)) terminal.result(`  ${line}`);
      return;
    }
    const [, before] = moves;
    if (before?.version === undefined || before.version === entry.version) return;
    terminal.progress(`To go back: ${MILLRACE} model alias ${name} ${alias} ${before.version}`);
  });
}
