/** Every `@example` in a doc comment is run; where a line ends in `// RESULT`, it gives that. */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settings } from '../../runtime/messages/index.ts';
import { defineDialog } from '../../editor/index.ts';

const root = resolve(import.meta.dirname, '../..');
const files = ['runtime', 'editor'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(top, file)),
);

/** The code of each example in a file, without the comment's stars. */
function examplesOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/@example\n((?:\s*\* ?.*\n)*?)\s*(?:\* @|\*\/)/g)].map(([, body = '']) =>
    body.replace(/^\s*\* ?/gm, '').trim(),
  );
}

/** `expression; // result`, where the result is a value and not a remark. */
function checked(line: string): string {
  const [, expression, result] = /^(?!\s)(.+);\s+\/\/ (.+)$/.exec(line) ?? [];
  if (expression === undefined || result === undefined || !isValue(result)) return line;
  return `expect(${expression}).toEqual(${result});`;
}

const isValue = (text: string): boolean => /^(['"[{]|-?\d+(\.\d+)?$|true$|false$)/.test(text);

const examples = files.flatMap((file) => examplesOf(file).map((code) => [file, code] as const));

describe('the examples in doc comments', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(7);
  });

  it.each(examples)('%s', async (file, code) => {
    const own = (await import(join(root, file))) as Record<string, unknown>;
    const known: Record<string, unknown> = { z, settings, defineDialog, ...own, expect };
    const lines = code.replace('export default ', '').split('\n').map(checked);
    const plain = stripTypeScriptTypes(lines.join('\n'));
    const run = compileFunction(`'use strict';\n{\n${plain}\n}`, Object.keys(known)) as (...values: unknown[]) => void;
    run(...Object.values(known));
  });
});
