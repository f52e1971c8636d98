import { createDecipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credentials } from '../bundle/index.ts';
import { readSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';

/**
 * What the nodes of a flow file keep secret, as Node-RED has written it beside the flow.
 *
 * @returns nothing where there is nothing secret
 * @throws CREDENTIALS_NOT_OPENED
 */
export async function readCredentials(flowFile: string, userDir: string): Promise<Credentials> {
  const file = flowFile.replace(/(\.json)?$/, '_cred.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const secret = (await readSecretFile(join(userDir, 'keys', 'credential-secret')))?.trim();
  try {
    const kept = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const sealed = kept['$'];
    if (typeof sealed !== 'string') return kept as Credentials;
    // As Node-RED seals them: the initialisation vector in hexadecimal, then what it hides in base64.
    const key = createHash('sha256')
      .update(secret ?? '')
      .digest();
    const decipher = createDecipheriv('aes-256-ctr', key, Buffer.from(sealed.slice(0, 32), 'hex'));
    return JSON.parse(decipher.update(sealed.slice(32), 'base64', 'utf8') + decipher.final('utf8')) as Credentials;
  } catch (cause) {
    throw errors.CREDENTIALS_NOT_OPENED({ file }, { cause });
  }
}
