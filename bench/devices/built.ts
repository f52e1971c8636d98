/** The rooms as they are built: a board's worker that is read from its sources takes more time and memory than it does for a user. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Base from '../../runtime/base/index.ts';
import type * as Devices from '../../runtime/devices/index.ts';

const built = (file: string) => pathToFileURL(join(import.meta.dirname, '../../dist/millrace/runtime', file)).href;

export const { systemClock } = (await import(built('base/index.js'))) as typeof Base;
export const { createBoards } = (await import(built('devices/index.js'))) as typeof Devices;
