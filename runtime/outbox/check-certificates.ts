import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { errors } from './errors.ts';

interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const BLOCK = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/**
 * The PEM texts of a target, before anything is sent with them. Whether they are still valid shows when it connects.
 *
 * @throws TARGET_INVALID; a private key is never part of what it says
 */
export function checkCertificates({ ca, certificate, privateKey }: Certificates): void {
  if (ca !== '') read('ca', ca);
  const [own] = certificate === '' ? [] : read('certificate', certificate);
  if (!own && privateKey === '') return;
  if (!own) throw invalid('certificate', '', 'there is a private key, but no certificate that belongs to it');
  if (privateKey === '') throw invalid('privateKey', '', 'there is a certificate, but not its private key');
  const key = readKey(privateKey);
  if (!own.checkPrivateKey(key)) throw invalid('privateKey', '(hidden)', 'it does not belong to the certificate');
}

function read(setting: string, text: string): X509Certificate[] {
  const blocks = text.match(BLOCK) ?? [];
  const start = text.trim().slice(0, 40);
  if (blocks.length === 0) throw invalid(setting, start, 'no PEM text: it begins with -----BEGIN CERTIFICATE-----');
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (thrown) {
    throw invalid(setting, start, 'not a certificate, or cut off', thrown);
  }
}

function readKey(text: string): KeyObject {
  const reason = /ENCRYPTED/.test(text)
    ? 'it is locked by a password: unlock it with `openssl pkey -in KEY`'
    : 'no PEM text of a private key: it begins with -----BEGIN PRIVATE KEY-----';
  try {
    return createPrivateKey(text);
  } catch {
    throw invalid('privateKey', '(hidden)', reason);
  }
}

const invalid = (setting: string, value: string, reason: string, cause?: unknown) =>
  errors.TARGET_INVALID({ setting, value, reason }, { cause });
