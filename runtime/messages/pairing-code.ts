import { z } from 'zod';

/** What a pairing code holds. */
export const pairingCode = z.object({
  /** Where the studio is reached: `192.168.1.5:1881`, the likeliest first. */
  addresses: z
    .array(z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]{1,253}):\d{1,5}$/, 'a host and a port'))
    .min(1)
    .max(8),
  /** Good once, for a quarter of an hour: 16 bytes, base64url. */
  secret: z.string().regex(/^[\w-]{22}$/),
  /** SHA-256 of the studio's certificate in DER, hexadecimal. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PairingCode = z.output<typeof pairingCode>;

const PREFIX = 'millrace1.';

/**
 * One line that a person copies from the studio to the gateway.
 *
 * @example
 * const code = { addresses: ['10.0.0.2:1881'], secret: 'A'.repeat(22), fingerprint: 'ab'.repeat(32) };
 * readPairingCode(writePairingCode(code))?.addresses; // ['10.0.0.2:1881']
 */
export function writePairingCode({ addresses, secret, fingerprint }: PairingCode): string {
  const text = JSON.stringify({ a: addresses, s: secret, f: fingerprint });
  return PREFIX + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @returns `undefined` if it is no pairing code; white space that a line break in a terminal has left in it is passed over */
export function readPairingCode(line: string): PairingCode | undefined {
  const text = line.replace(/\s/g, '');
  // The longest that can be: eight long names.
  if (!text.startsWith(PREFIX) || text.length > 4_000) return undefined;
  try {
    const json = atob(text.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'));
    const { a, s, f } = JSON.parse(json) as Record<string, unknown>;
    return pairingCode.safeParse({ addresses: a, secret: s, fingerprint: f }).data;
  } catch {
    return undefined;
  }
}
