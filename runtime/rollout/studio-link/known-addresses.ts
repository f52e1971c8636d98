/** As many as are tried in turn. */
const MOST = 8;

/** Where a studio may be, the likeliest first: where it was found, where it says it is, where it was before. */
export function knownAddresses(found: string, said: readonly string[], before: readonly string[]): string[] {
  return [...new Set([found, ...said, ...before])].slice(0, MOST);
}
