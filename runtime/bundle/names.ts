/** Files of a bundle that have a place of their own. */
export const BUNDLE_FORMAT = 1;
/** First in the bundle: what it is. */
export const MANIFEST_FILE = 'bundle.json';
/** Last in the bundle, where it is signed. */
export const RELEASE_FILE = 'release.dsse.json';
/** Of the signed payload. */
export const RELEASE_TYPE = 'application/vnd.millrace.release+json';
/** Beside an unpacked bundle's own files: what `installPackages` makes of its tarballs. */
export const MODULES_FOLDER = 'node_modules';
