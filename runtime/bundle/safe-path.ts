/** Windows' own names of devices, and the characters that it forbids. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u001f\u007f\\:*?"<>|]|\p{Surrogate}/u;
/** Of ustar: 155 of the prefix, a slash, 100 of the name. */
const LONGEST = 256;

/**
 * Why a path must not be unpacked: it leads elsewhere, or not every system would take it to the same place.
 *
 * @returns undefined where nothing is wrong with it
 *
 * @example
 * strayProblem('package/lib/index.js'); // undefined
 * strayProblem('../etc/passwd'); // 'it leads out of its folder'
 */
export function strayProblem(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'it is absolute';
  if (path.includes('\\') || path.includes('\0')) return 'it holds a character that not every system can hold';
  const parts = path.split('/');
  if (parts.includes('..')) return 'it leads out of its folder';
  if (parts.includes('') || parts.includes('.')) return 'it is not in its shortest form';
  return undefined;
}

/** As `strayProblem`, and every system must be able to hold it: what the paths of a bundle are held to. */
export function pathProblem(path: string): string | undefined {
  const stray = strayProblem(path);
  if (stray !== undefined) return stray;
  if (FORBIDDEN.test(path)) return 'it holds a character that not every system can hold';
  if (path.split('/').some((part) => DEVICE.test(part) || /[. ]$/.test(part))) return 'not every system can hold it';
  if (Buffer.byteLength(path) > LONGEST) return `it is longer than ${LONGEST} bytes`;
  return undefined;
}

/**
 * Watches that no path takes the place of one before it: the same one, or a file where the other needs a folder.
 *
 * @param sameKey what makes two paths the same; default: neither case nor the form of an accent counts, as on some systems
 */
export function createPathWatch(sameKey = (path: string) => path.normalize('NFC').toLowerCase()) {
  const files = new Set<string>();
  const folders = new Set<string>();
  return (path: string): string | undefined => {
    const key = sameKey(path);
    const above = foldersOf(key);
    if (files.has(key)) return 'it is there twice';
    if (folders.has(key) || above.some((folder) => files.has(folder))) return 'another path stands in its place';
    files.add(key);
    for (const folder of above) folders.add(folder);
    return undefined;
  };
}

/** `a/b/c` → `a`, `a/b` */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}
