import type { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { DatabaseSync } from './sqlite.ts';
import type { Row, SqlValue } from './statements.ts';

/** An open database: node:sqlite with coded errors, and prepared statements kept by their text. */
export interface Database {
  readonly file: string;
  /** Runs statements that take no values and answer nothing. */
  exec(sql: string): void;
  /** @returns how many rows the statement changed */
  run(sql: string, values: readonly SqlValue[]): number;
  all(sql: string, values?: readonly SqlValue[]): Row[];
  /** The single number that a pragma or a count answers. */
  number(sql: string): number;
  close(): void;
}

/** SQLite's primary result codes that have a meaning for us. @see https://sqlite.org/rescode.html */
const RESULT = { busy: 5, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

/** More than a room uses; bounds what odd callers could fill. */
const STATEMENTS = 64;

/**
 * Opens the file as it is: no pragma is set and nothing is checked.
 *
 * @param onDamage called when SQLite meets damage, with its words
 * @param readOnly nothing in the file can be changed
 */
export function openDatabase(file: string, onDamage: (reason: string) => void = () => {}, readOnly = false): Database {
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (thrown) {
      const error = codedError(file, thrown);
      if (error.code === 'STORE_DAMAGED') onDamage((thrown as Error).message);
      throw error;
    }
  };
  const connection = guard(() => new DatabaseSync(file, { readOnly }));
  const prepared = new Map<string, ReturnType<typeof connection.prepare>>();
  const prepare = (sql: string) => {
    const held = prepared.get(sql);
    if (held) return held;
    if (prepared.size >= STATEMENTS) prepared.clear();
    const statement = connection.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  return {
    file,
    exec: (sql) => guard(() => connection.exec(sql)),
    run: (sql, values) => guard(() => Number(prepare(sql).run(...values).changes)),
    all: (sql, values = []) => guard(() => prepare(sql).all(...values) as Row[]),
    number: (sql) => guard(() => Number(Object.values(connection.prepare(sql).get() ?? { none: 0 })[0])),
    close: () => connection.close(),
  };
}

/** The primary result code of what node:sqlite threw, 0 if it was something else. */
function resultCode(thrown: unknown): number {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const code = (cause as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : 0;
}

function codedError(file: string, thrown: unknown): MillraceError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  switch (resultCode(thrown)) {
    case RESULT.busy:
      return errors.STORE_LOCKED({ file }, { cause: thrown });
    case RESULT.full:
      return errors.STORE_FULL({ file, reason }, { cause: thrown });
    case RESULT.corrupt:
    case RESULT.notADatabase:
      return errors.STORE_DAMAGED({ file, reason }, { cause: thrown });
    case RESULT.readOnly:
    case RESULT.cannotOpen:
      return errors.STORE_UNWRITABLE({ path: file, reason }, { cause: thrown });
    default:
      return errors.STORE_FAILED({ file, reason }, { cause: thrown });
  }
}
