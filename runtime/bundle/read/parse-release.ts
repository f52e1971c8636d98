import { canonicalText } from '../sorted-json.ts';
import { errors } from '../errors.ts';
import { RELEASE_FILE } from '../names.ts';

/**
 * The envelope in `release.dsse.json`, not verified.
 *
 * @throws BUNDLE_ALTERED
 */
export function parseRelease(bundle: string, text: string): unknown {
  const envelope = parseJson(text);
  // As with bundle.json there is one form: nothing else may stand in a signed bundle.
  if (envelope !== undefined && canonicalText(envelope) === text) return envelope;
  throw errors.BUNDLE_ALTERED({ bundle, problem: `${RELEASE_FILE} is not written as Millrace writes it` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
