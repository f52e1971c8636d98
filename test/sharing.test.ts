import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHARING } from './sharing.ts';

const root = resolve(import.meta.dirname, '..');
/** What the file after it in the same process would meet. */
const GLOBAL =
  /\b(stubGlobal|stubEnv|vi\.mock|vi\.spyOn|useFakeTimers|process\.chdir)\b|\bglobalThis\.\w+ =|process\.env\[[^\]]+\] =[^=]/;

describe('the tests that share a process', () => {
  const files = SHARING.flatMap((pattern) => globSync(pattern, { cwd: root }));

  it('are many, and change nothing that others use', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => GLOBAL.test(readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
  });
});
