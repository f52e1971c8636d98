import { CommanderError } from 'commander';
import { asMillraceError, MillraceError } from '../base/index.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

/** Done, failed, wrong use. */
const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** Codes of errors that are the caller's own: wrong use rather than failure. */
const WRONG_USE = new Set([
  ...[
    'OPTION_INVALID',
    'TLS_INCOMPLETE',
    'FLOW_UNKNOWN',
    'TEST_UNKNOWN',
    'NO_TESTS',
    'PROFILE_FILE_MISSING',
    'PROFILE_UNREADABLE',
  ],
  ...['MODEL_NOT_FOUND', 'MODEL_FILE_UNREADABLE', 'ALIAS_INVALID', 'VERSION_INVALID', 'IMPORT_NAME_INVALID'],
  ...['IMPORT_UNKNOWN_NAME', 'IMPORT_FEATURES_COUNT', 'IMPORT_LABELS_COUNT', 'IMPORT_NAMES_REPEAT'],
  ...['IMPORT_KIND_UNFIT', 'IMPORT_TASK_UNFIT', 'DATA_SET_NOT_FOUND', 'MODEL_NAME_INVALID', 'LEARNING_REQUEST_INVALID'],
  ...[
    'TRAINER_SETTING_INVALID',
    'DRIFT_NODE_UNKNOWN',
    'RECEIVER_UNKNOWN',
    'RECEIVER_EMPTY',
    'STORE_UNREADABLE',
    'DESTINATION_UNNAMED',
    'BUNDLE_TAB_UNKNOWN',
    'LOCAL_ALIAS_UNUSED',
    'ALLOW_UNKNOWN',
    'ARCHITECTURE_UNKNOWN',
  ],
]);

/**
 * Runs the command line.
 *
 * @param argv without the interpreter and the script
 * @returns the exit code
 */
export async function run(argv: readonly string[]): Promise<number> {
  const terminal = createTerminal();
  try {
    await createProgram(terminal).parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof Unsuccessful) return EXIT.failed;
    // Commander has said what is wrong, or has shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    const { code, message, hint } = asMillraceError(error);
    terminal.progress(`millrace: ${code}: ${message}\n  ${hint}`);
    if (!(error instanceof MillraceError) && process.env['MILLRACE_DEBUG'])
      terminal.progress(String((error as Error).stack));
    return WRONG_USE.has(code) ? EXIT.wrongUse : EXIT.failed;
  }
}
