import { createRequire } from 'node:module';

interface Packets {
  readonly writeToStream: { cacheNumbers: boolean };
}

let done = false;

/**
 * With its first packet the library of both client and broker would make a buffer for each of 65,536 packet identifiers: 8 MB
 * that a gateway can use better. To be called before that packet.
 */
export function keepPacketsSmall(): void {
  if (done) return;
  done = true;
  const require = createRequire(import.meta.url);
  for (const user of ['mqtt', 'aedes']) {
    const packets = createRequire(require.resolve(user))('mqtt-packet') as Packets;
    packets.writeToStream.cacheNumbers = false;
  }
}
