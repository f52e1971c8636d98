/** The same code in ASCII: V8 keeps a file with one character beyond Latin-1 at two bytes a character. */
export const asciiOnly = (code: string): string =>
  // Two units of a pair are two escapes, which mean the pair again.
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
