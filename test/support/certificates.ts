/** An authority of a test's own, and certificates signed by it: made by openssl, gone with the test's memory. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface Authority {
  /** PEM. */
  readonly ca: string;
  /** @param names subject alternative names: `DNS:localhost`, `IP:127.0.0.1` */
  sign(name: string, names?: readonly string[], options?: { readonly expired?: boolean }): Certificate;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];

export function makeAuthority(name = 'Millrace test authority'): Authority {
  const inFolder = <T>(
    work: (file: (name: string, text?: string) => string, run: (...words: string[]) => void) => T,
  ): T => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-certificates-'));
    const file = (part: string, text?: string) => {
      const path = join(folder, part);
      if (text !== undefined) writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    try {
      return work(file, (...words) => void execFileSync('openssl', words, { stdio: 'pipe', cwd: folder }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const own = inFolder((file, run) => {
    run('req', '-x509', ...KEY, '-keyout', 'key', '-out', 'crt', '-days', '2', '-subj', `/CN=${name}`);
    return { certificate: readFileSync(file('crt'), 'utf8'), privateKey: readFileSync(file('key'), 'utf8') };
  });
  return {
    ca: own.certificate,
    sign: (subject, names = ['DNS:localhost', 'IP:127.0.0.1'], { expired = false } = {}) =>
      inFolder((file, run) => {
        file('ca.crt', own.certificate);
        file('ca.key', own.privateKey);
        file('extensions', `subjectAltName=${names.join(',')}\nbasicConstraints=CA:FALSE\n`);
        run('req', '-new', ...KEY, '-keyout', 'key', '-out', 'csr', '-subj', `/CN=${subject}`);
        const days = expired ? ['-days', '-1'] : ['-days', '2'];
        run(
          ...['x509', '-req', '-in', 'csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'crt'],
          ...['-extfile', 'extensions', ...days],
        );
        return { certificate: readFileSync(file('crt'), 'utf8'), privateKey: readFileSync(file('key'), 'utf8') };
      }),
  };
}
