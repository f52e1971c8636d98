/**
 * Half of what a process takes to start is to read its TypeScript. What one process of the tests has compiled, the next ones
 * find here, by what the files hold.
 */
import { join } from 'node:path';

process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/millrace-tests');
