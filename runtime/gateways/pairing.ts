import { randomBytes } from 'node:crypto';
import type { Clock, Timer } from '../base/index.ts';
import { secretProved } from '../keys/index.ts';
import { CODE_LIFE } from './limits.ts';

/** The one pairing code that is open, if any. */
export interface PairingWindow {
  readonly open: boolean;
  /** Makes a new secret, which holds for `left` ms; the one before no longer does. */
  renew(): { readonly secret: string; readonly left: number };
  /** Takes the code, where somebody has proved that he knows its secret: while he is taken on it is nobody else's. */
  take(statement: Uint8Array, proof: string): TakenCode | undefined;
  close(): void;
}

export interface TakenCode {
  readonly secret: string;
  /** Neither has it run out since, nor was another one made. */
  readonly good: boolean;
  /** Who proved it was taken on: it is no longer good. One that was made meanwhile is. */
  used(): void;
  /** Who proved it was not: it is as good as before. */
  giveBack(): void;
}

/** @param onClosed called when a code was used or has run out */
export function createPairingWindow(clock: Clock, onClosed: () => void): PairingWindow {
  let current: { readonly secret: string; readonly timer: Timer; taken: boolean } | undefined;
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
      current = { secret, timer, taken: false };
      return { secret, left: CODE_LIFE };
    },
    take(statement, proof) {
      const code = current;
      if (!code || code.taken || !secretProved(code.secret, statement, proof)) return undefined;
      code.taken = true;
      return {
        secret: code.secret,
        get good() {
          return current === code;
        },
        used() {
          if (current === code) close();
          onClosed();
        },
        giveBack: () => void (code.taken = false),
      };
    },
    close() {
      close();
      onClosed();
    },
  };
}
