/** What compiled modules import, read off their text. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const IMPORT = /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+|\brequire(?:\.resolve)?\(\s*)['"]([^'"\s]+)['"]/g;

/** The specifiers of a module's imports, packages and files alike. */
export function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, specifier = '']) => specifier);
}

/** Every file that is reached from the entries by relative imports, the entries included. */
export function reachable(entries: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.') && specifier.endsWith('.js')) visit(resolve(dirname(file), specifier));
    }
  };
  entries.forEach(visit);
  return seen;
}
