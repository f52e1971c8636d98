/** What a user writes to name a model: `name`, or `name@` and a version, an alias or the begin of a digest. */
export interface ModelReference {
  readonly name: string;
  readonly selector: string | undefined;
}

export function parseReference(text: string): ModelReference {
  const at = text.indexOf('@');
  if (at < 0) return { name: text.trim(), selector: undefined };
  return { name: text.slice(0, at).trim(), selector: text.slice(at + 1).trim() };
}

/** Fewer digits could be meant as a version. */
const DIGEST_PREFIX = /^[0-9a-f]{8,64}$/;

export const isDigestPrefix = (selector: string): boolean => DIGEST_PREFIX.test(selector);
