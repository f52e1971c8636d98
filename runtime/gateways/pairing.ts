import { randomBytes } from 'node:crypto';
import type { Clock, Timer } from '../base/index.ts';
import { secretProved } from '../keys/index.ts';
import { CODE_LIFE } from './limits.ts';

/** The one pairing code that is open, if any. */
export interface PairingWindow {
  readonly open: boolean;
  /** Makes a new secret; the one before no longer holds. */
  renew(): { readonly secret: string; readonly expires: number };
  /** Whether somebody has proved that he knows the secret. */
  proved(statement: Uint8Array, proof: string): string | undefined;
  /** It was used. */
  close(): void;
}

/** @param onClosed called when a code was used or has run out */
export function createPairingWindow(clock: Clock, onClosed: () => void): PairingWindow {
  let current: { readonly secret: string; readonly timer: Timer } | undefined;
  const close = () => {
    current?.timer.cancel();
    current = undefined;
  };
  return {
    get open() {
      return current !== undefined;
    },
    renew() {
      close();
      const secret = randomBytes(16).toString('base64url');
      const timer = clock.after(CODE_LIFE, () => {
        close();
        onClosed();
      });
      current = { secret, timer };
      return { secret, expires: clock.now() + CODE_LIFE };
    },
    proved: (statement, proof) =>
      current && secretProved(current.secret, statement, proof) ? current.secret : undefined,
    close() {
      close();
      onClosed();
    },
  };
}
