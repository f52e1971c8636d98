/**
 * Loaded before everything else into a process, and each of its threads: SQLite is told `synchronous = NORMAL` where the store
 * says FULL. With it a power cut must lose what was acknowledged, or the test of power cuts would show nothing. It lives here,
 * and not behind a setting, so that no gateway can ever run with it.
 */
import { DatabaseSync } from 'node:sqlite';

const FULL = /synchronous\s*=\s*FULL/i;
const { exec } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (sql: string) {
  exec.call(this, sql.replace(FULL, 'synchronous = NORMAL'));
};
