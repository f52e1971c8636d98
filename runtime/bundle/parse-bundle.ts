import { createHash } from 'node:crypto';
import { canonicalText } from './sorted-json.ts';
import { errors } from './errors.ts';
import { bytesLimit, filesLimit, manifestLimit } from './limits.ts';
import { envelopeSchema, manifestSchema } from './manifest-schema.ts';
import { BUNDLE_FORMAT, MANIFEST_FILE, MODULES_FOLDER, RELEASE_FILE } from './names.ts';
import { createPathWatch, pathProblem } from './safe-path.ts';
import type { Bundle, BundleManifest } from './types.ts';

/**
 * A bundle by its description alone: what an offer of a deploy brings, before any file is here.
 *
 * @param place    for messages: the bundle's file, or where it comes from
 * @param text     of `bundle.json`
 * @param envelope the DSSE envelope, as JSON; it is not verified here
 * @throws BUNDLE_INVALID, BUNDLE_FORMAT_NEWER, BUNDLE_ALTERED if it is not in its one form, BUNDLE_PATH_UNSAFE, BUNDLE_TOO_BIG
 */
export function parseBundle(place: string, text: string, envelope?: unknown): Bundle {
  const value = parseJson(place, text);
  const manifest = parseManifest(place, value);
  // Of two texts with one meaning only one is signed. This also finds keys that are there twice.
  if (canonicalText(value) !== text) {
    throw errors.BUNDLE_ALTERED({ bundle: place, problem: `${MANIFEST_FILE} is not written as Millrace writes it` });
  }
  checkFiles(place, manifest);
  const digest = createHash('sha256').update(text).digest('hex');
  return { manifest, text, digest, ...(envelope !== undefined && { envelope: parseEnvelope(place, envelope) }) };
}

function parseJson(place: string, text: string): unknown {
  if (text.length > manifestLimit.value) {
    manifestLimit.cost();
    throw errors.BUNDLE_TOO_BIG({
      ...{ bundle: place, what: `bytes of ${MANIFEST_FILE}` },
      ...{ value: text.length, limit: manifestLimit.value },
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = `${MANIFEST_FILE} is no JSON (${(error as Error).message.slice(0, 200)})`;
    throw errors.BUNDLE_INVALID({ bundle: place, problem }, { cause: error });
  }
}

function parseManifest(place: string, value: unknown): BundleManifest {
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > BUNDLE_FORMAT) {
    throw errors.BUNDLE_FORMAT_NEWER({ bundle: place, format, known: BUNDLE_FORMAT });
  }
  const result = manifestSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const problem = `${MANIFEST_FILE}${path === '' ? '' : `, ${path}`}: ${issue?.message ?? 'not understood'}`;
  throw errors.BUNDLE_INVALID({ bundle: place, problem });
}

/** Everything that the description says of files must be possible, and must be there. */
function checkFiles(place: string, manifest: BundleManifest): void {
  const { files, tabs, tests, packages } = manifest;
  const paths = Object.keys(files);
  const clash = createPathWatch();
  for (const path of paths) {
    const reserved = isReserved(path) ? 'this name is kept for Millrace' : undefined;
    const problem = pathProblem(path) ?? reserved ?? clash(path);
    if (problem !== undefined) throw errors.BUNDLE_PATH_UNSAFE({ bundle: place, path, problem });
  }
  if (paths.length > filesLimit.value) {
    filesLimit.cost();
    throw errors.BUNDLE_TOO_BIG({ bundle: place, what: 'files', value: paths.length, limit: filesLimit.value });
  }
  const bytes = paths.reduce((sum, path) => sum + (files[path]?.bytes ?? 0), 0);
  if (bytes > bytesLimit.value) {
    bytesLimit.cost();
    throw errors.BUNDLE_TOO_BIG({ bundle: place, what: 'bytes', value: bytes, limit: bytesLimit.value });
  }
  const named = [...tabs.map(({ file }) => file), ...tests, ...packages.map(({ tarball }) => tarball)];
  const missing = named.find((path) => !Object.hasOwn(files, path));
  if (missing === undefined) return;
  throw errors.BUNDLE_INVALID({ bundle: place, problem: `it names ${missing}, which is not among its files` });
}

/** Names at the top that a bundle's own files may not have, in whatever case. */
const isReserved = (path: string): boolean =>
  [MANIFEST_FILE, RELEASE_FILE, MODULES_FOLDER].includes((path.split('/')[0] ?? '').toLowerCase());

function parseEnvelope(place: string, envelope: unknown) {
  const result = envelopeSchema.safeParse(envelope);
  if (result.success) return result.data;
  throw errors.BUNDLE_ALTERED({ bundle: place, problem: `${RELEASE_FILE} is no signature` });
}
