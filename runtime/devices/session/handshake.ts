/**
 * Finds out whether there is Firmata at the other end of a wire before anything else is said. An Arduino restarts when its
 * port is opened and hears nothing for up to two seconds, so it is asked again and again.
 */
import type { Clock, Timer } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { FIRMATA } from '../virtual/protocol.ts';
import type { Transport } from '../virtual/transport.ts';

/** ms that a board has to answer in. */
const PATIENCE = 8_000;
/** ms between questions. */
const AGAIN = 500;
/** Bytes kept to be shown where they are no Firmata. */
const SHOWN = 48;
/** Capability queries came with this version of the protocol. */
const OLDEST = [2, 2] as const;

export interface HandshakeOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Of the wire, for the errors: the port or the address. */
  readonly where: string;
  /** Of a serial line, bits a second. */
  readonly baud: number | undefined;
}

/** `/dev/ttyACM0 at 57600 baud` */
export const lineOf = ({ where, baud }: Pick<HandshakeOptions, 'where' | 'baud'>): string =>
  baud === undefined ? where : `${where} at ${baud} baud`;

/**
 * Asks the board which version of Firmata it speaks.
 *
 * @returns the version, such as `2.5`
 * @throws FIRMWARE_SILENT, FIRMWARE_UNKNOWN, FIRMWARE_OLD
 */
export function shakeHands({ transport, clock, where, baud }: HandshakeOptions): Promise<string> {
  const first: number[] = [];
  const line = lineOf({ where, baud });
  let timer: Timer | undefined;
  let asked = 0;
  let hear: (bytes: Uint8Array) => void = () => undefined;
  const answered = new Promise<string>((resolve, reject) => {
    /** What has come of a version: its command byte, and then two of seven bits. */
    let version: number[] = [];
    hear = (bytes) => {
      first.push(...bytes.subarray(0, SHOWN - first.length));
      for (const byte of bytes) {
        if (byte > 0x7f) version = byte === FIRMATA.REPORT_VERSION ? [byte] : [];
        else if (version.length > 0) version.push(byte);
        if (version.length < 3) continue;
        const [, major = 0, minor = 0] = version;
        if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return resolve(`${major}.${minor}`);
        return reject(errors.FIRMWARE_OLD({ line, version: `${major}.${minor}` }));
      }
    };
    transport.on('data', hear);
    const ask = () => {
      if (asked >= PATIENCE) {
        const seconds = PATIENCE / 1000;
        return reject(
          first.length === 0
            ? errors.FIRMWARE_SILENT({ line, seconds })
            : errors.FIRMWARE_UNKNOWN({ line, heard: readable(first) }),
        );
      }
      asked += AGAIN;
      timer = clock.after(AGAIN, ask);
      transport.write(Buffer.from([FIRMATA.REPORT_VERSION]));
    };
    ask();
  });
  return answered.finally(() => {
    timer?.cancel();
    transport.off('data', hear);
  });
}

/** Bytes as a person reads them: text where most of it is, numbers otherwise. */
function readable(bytes: readonly number[]): string {
  const isText = (byte: number) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
  if (bytes.filter(isText).length >= bytes.length * 0.8) {
    return `the text ${JSON.stringify(String.fromCharCode(...bytes.map((byte) => (isText(byte) ? byte : 63))))}`;
  }
  const shown = bytes.slice(0, 16).map((byte) => byte.toString(16).padStart(2, '0'));
  return `the bytes ${shown.join(' ')}${bytes.length > shown.length ? ' …' : ''}`;
}
