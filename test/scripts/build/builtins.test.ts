import { expect, it } from 'vitest';
import { builtinsByCall } from '../../../scripts/build/builtins.ts';

it.each([
  ['import { join, resolve as absolute } from "node:path";', 'const { join, resolve: absolute } = '],
  ['import path from "node:path";', 'const path = '],
  ['import * as path$1 from "node:path";', 'const path$1 = '],
  ["import { join } from 'node:path'", 'const { join } = '],
])('asks for a module of Node by a call: %s', (code, begins) => {
  expect(builtinsByCall(code)).toBe(`${begins}process.getBuiltinModule("node:path");`);
});

it('asks for the whole and for parts of it', () => {
  expect(builtinsByCall('import fs, { readFile } from "node:fs";\nconst a = 1;')).toBe(
    'const fs = process.getBuiltinModule("node:fs");\nconst { readFile } = process.getBuiltinModule("node:fs");\nconst a = 1;',
  );
});

it.each(['import express from "express";', '\tconst text = `import fs from "node:fs";`;', 'export * from "./a.js";'])(
  'leaves %s as it is',
  (code) => expect(builtinsByCall(code)).toBe(code),
);
