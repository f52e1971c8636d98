/** What a redeploy sends: the offer, and the files that the gateway lacks, as docs/gateway-protocol.md has it. */
import { zstdCompressSync } from 'node:zlib';
import { type PackedBundle, signRelease } from '../../runtime/bundle/index.ts';
import type { SigningKey } from '../../runtime/keys/index.ts';

/** Of a part, before compression. */
const PART = 64_000;

/**
 * @param held what the gateway has: of what runs there; nothing at the first deploy
 * @returns bytes of the offer and of the parts
 */
export function bytesOnTheWire(bundle: PackedBundle, held: PackedBundle | undefined, key: SigningKey): number {
  const { envelope } = signRelease(bundle.manifest, { keys: [key], now: Date.UTC(2026, 10, 22) });
  const offer = Buffer.byteLength(JSON.stringify({ manifest: bundle.text, envelope }));
  const there = new Set(Object.values(held?.manifest.files ?? {}).map(({ sha256 }) => sha256));
  let parts = 0;
  for (const [path, bytes] of bundle.files) {
    const sha256 = bundle.manifest.files[path]?.sha256 ?? '';
    if (there.has(sha256)) continue;
    there.add(sha256);
    for (let offset = 0; offset < bytes.byteLength; offset += PART) {
      const part = zstdCompressSync(bytes.subarray(offset, offset + PART)).byteLength;
      parts += part + Buffer.byteLength(JSON.stringify({ file: sha256, offset, last: true }));
    }
  }
  return offer + parts;
}
