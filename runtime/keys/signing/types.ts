/**
 * Signing: Ed25519 keys, DSSE envelopes, and roots of trust that may be exchanged (a small profile of TUF).
 *
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 * @see https://theupdateframework.github.io/specification/latest/
 */

/** A public Ed25519 key. */
export interface PublicKey {
  /** SHA-256 of the key's SPKI in DER, hexadecimal. */
  readonly id: string;
  /** SPKI in DER, base64. */
  readonly publicKey: string;
}

export interface SigningKey extends PublicKey {
  sign(data: Uint8Array): Uint8Array;
  /** 32 bytes for another use, made from the private key by HKDF-SHA-256: they tell nothing of the key, nor of each other. */
  derive(use: string): Uint8Array;
}

/** A DSSE envelope, as it stands in JSON. Signed is PAE(payloadType, payload). */
export interface Envelope {
  readonly payloadType: string;
  /** base64 */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Who may sign something: `threshold` of `keys`. */
export interface Role {
  readonly threshold: number;
  readonly keys: readonly PublicKey[];
}

/** What a gateway trusts. Signed by its own `root` role and, where it follows another, by the root role of that one too. */
export interface Root {
  readonly format: 1;
  readonly type: 'millrace-root';
  /** Counted from 1. A gateway follows one after the other and never goes back. */
  readonly version: number;
  /** ms since the epoch */
  readonly expires: number;
  readonly roles: { readonly root: Role; readonly release: Role };
}
