const IMPORT = /^import\s+([^"';]+?)\s+from\s+["'](node:[\w/]+)["'];?$/gm;

/**
 * The same code, with Node's own modules asked for by a call. An `import` of one reads every property that it has, whoever
 * needs it: of `node:http` that loads a second HTTP client, of `node:crypto` all of Web Crypto.
 *
 * @param code as the bundler writes it, with whole imports at the beginning of a line
 */
export const builtinsByCall = (code: string): string =>
  code.replace(IMPORT, (_, names: string, module: string) => {
    const call = `process.getBuiltinModule("${module}")`;
    const [, whole, each] = /^(?:\*\s+as\s+)?([\w$]+)?(?:\s*,\s*)?(\{[^]*\})?$/.exec(names) ?? [];
    return [whole, each?.replace(/([\w$]+)\s+as\s+([\w$]+)/g, '$1: $2')]
      .filter((target) => target !== undefined)
      .map((target) => `const ${target} = ${call};`)
      .join('\n');
  });
