/** SQLite, as Node.js brings it. */
import type * as sqlite from 'node:sqlite';

// `DatabaseSync` is being renamed (DEP0210): this is the one place that knows its name.
export const { DatabaseSync } = loadQuietly();

/**
 * Node.js 22 says on standard error of every process that loads it that SQLite is experimental there. Whoever runs Millrace can
 * do nothing about that: what Millrace uses of it is tested on the oldest Node.js that it promises to work with.
 */
function loadQuietly(): typeof sqlite {
  const { emitWarning } = process;
  const others = (...said: Parameters<typeof emitWarning>) => {
    if (!String(said[0]).startsWith('SQLite')) emitWarning.apply(process, said);
  };
  process.emitWarning = others as typeof emitWarning;
  try {
    // An `import` would come before anything here is run.
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
