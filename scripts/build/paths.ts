import { resolve } from 'node:path';

/** Where the build reads and writes. Everything it writes lies below `dist`. */
export const root = resolve(import.meta.dirname, '../..');
export const dist = resolve(root, 'dist');
/** What tsc emits, in the layout of the sources. */
export const compiled = resolve(dist, 'compiled');
/** The package with the palette and the rooms that it needs. */
export const palettePackage = resolve(dist, 'millrace');
/** The package with the server and the command. */
export const studioPackage = resolve(dist, 'millrace-studio');
