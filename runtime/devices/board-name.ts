import { basename } from 'node:path';
import type { BoardSettings } from './settings.ts';

/** What a board is called that was given no name. */
export function boardName({ name, kind, scene, port, host }: BoardSettings): string {
  if (name !== '') return name;
  if (kind === 'serial') return basename(port) || 'serial board';
  if (kind === 'tcp') return host || 'network board';
  return `${kind} ${scene === 'own' ? 'board' : scene}`;
}
