import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  fingerprintOf,
  makeCertificate,
  makeSigningKey,
  readPublicKey,
  readSettingsFile,
  readSigningKey,
  seal,
  unseal,
  writePublicKey,
  writeSetting,
} from '../../../runtime/keys/index.ts';
import { codeOf, newKey } from './support.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-signing-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a signing key', () => {
  it('is made for its owner only, read again, and never written over', async () => {
    const file = join(directory, 'device.key');
    const made = await makeSigningKey(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    await expect(makeSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_EXISTS' });
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(await readSigningKey(file)).toMatchObject({ id: made.id, publicKey: made.publicKey });
  });

  it('is made once where several make it at once', async () => {
    const file = join(directory, 'device.key');
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => makeSigningKey(file)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is known to others by its public file, or by itself', async () => {
    const file = join(directory, 'key');
    const made = await makeSigningKey(file);
    await writePublicKey(`${file}.pub`, made);
    const known = { id: made.id, publicKey: made.publicKey };
    expect(await readPublicKey(`${file}.pub`)).toEqual(known);
    expect(await readPublicKey(file)).toEqual(known);
    await expect(readSigningKey(`${file}.pub`)).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
  });

  it('that is missing, cut or of another kind is told', async () => {
    const file = join(directory, 'key');
    await expect(readSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_MISSING' });
    await expect(readPublicKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_MISSING' });
    await makeSigningKey(file);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 60));
    await expect(readSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
    await writeFile(file, (await makeCertificate({ names: ['x'], days: 1, now: Date.now() })).key);
    await expect(readSigningKey(file)).rejects.toThrow('it is of kind ec');
  });

  it('that others could read is closed to them', async () => {
    const file = join(directory, 'key');
    await makeSigningKey(file);
    await chmod(file, 0o644);
    const told: string[] = [];
    await readSigningKey(file, { onExposed: (name) => told.push(name) });
    expect(told).toEqual([file]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is nothing else: a file that was named by mistake stays open to whom it was', async () => {
    const file = join(directory, 'root.json');
    await writeFile(file, '{"payload":"x"}', { mode: 0o644 });
    await expect(readSigningKey(file)).rejects.toMatchObject({ code: 'SIGNING_KEY_INVALID' });
    expect((await stat(file)).mode & 0o777).toBe(0o644);
  });
});

describe('what a device seals', () => {
  const [key, stranger] = [newKey(), newKey()];

  it('it opens again, and no other device, under no other name, and not when it was changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.nat(), (text, name, at) => {
        const sealed = seal(key, text, name);
        expect(unseal(key, sealed, name)).toBe(text);
        expect(sealed).not.toMatch(/\s/);
        expect(codeOf(() => unseal(stranger, sealed, name))).toBe('SEALED_NOT_OPENED');
        expect(codeOf(() => unseal(key, sealed, `${name}x`))).toBe('SEALED_NOT_OPENED');
        const bytes = Buffer.from(sealed.split(':')[2] ?? '', 'base64url');
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
        const altered = sealed.replace(/[^:]*$/, bytes.toString('base64url'));
        expect(codeOf(() => unseal(key, altered, name))).toBe('SEALED_NOT_OPENED');
      }),
      { numRuns: 40 },
    );
  });

  it('looks different each time, and is refused when it is cut', () => {
    expect(seal(key, 'secret')).not.toBe(seal(key, 'secret'));
    for (const cut of ['', '1:', 'secret', seal(key, 'secret').slice(0, 30)]) {
      expect(codeOf(() => unseal(key, cut))).toBe('SEALED_NOT_OPENED');
    }
  });

  it('stands so in its settings file', async () => {
    const file = join(directory, 'settings.env');
    await writeFile(file, '# of the plant\nSITE=north\n');
    await writeSetting(file, 'CLOUD_PASSWORD', 'hunter2', (text, name) => seal(key, text, name));
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^# of the plant\nSITE=north\nCLOUD_PASSWORD=sealed:1:/);
    expect(text).not.toContain('hunter2');
    const open = (text: string, name: string) => unseal(key, text, name);
    expect([...(await readSettingsFile(file, open))]).toEqual([
      ['SITE', 'north'],
      ['CLOUD_PASSWORD', 'hunter2'],
    ]);
    await writeFile(file, text.replace('CLOUD_PASSWORD', 'SITE_PASSWORD'));
    await expect(readSettingsFile(file, open)).rejects.toMatchObject({ code: 'SEALED_NOT_OPENED' });
  });

  it('keeps a flow from nothing that it does not ask for: another sealed value, a line that is none', async () => {
    const file = join(directory, 'settings.env');
    await writeFile(file, 'SITE=north\nnot a setting\nOLD=sealed:1:gone\n');
    const open = (text: string, name: string) => unseal(key, text, name);
    await expect(readSettingsFile(file, open)).rejects.toMatchObject({ code: 'SETTINGS_FILE_DAMAGED' });
    const faults: string[] = [];
    const onFault = ({ code, message }: Error & { code: string }) => void faults.push(`${code} ${message}`);
    const settings = await readSettingsFile(file, open, { wanted: new Set(['SITE']), onFault });
    expect([...settings]).toEqual([['SITE', 'north']]);
    expect(faults).toEqual([expect.stringMatching(/^SETTINGS_FILE_DAMAGED .*line 2/)]);
    const sealed = readSettingsFile(file, open, { wanted: new Set(['OLD']), onFault });
    await expect(sealed).rejects.toMatchObject({ code: 'SEALED_NOT_OPENED' });
  });
});

describe('a certificate that a server makes for itself', () => {
  it('serves TLS to a peer that knows it by its fingerprint', async () => {
    const { cert, key } = await makeCertificate({
      names: ['studio.local', '127.0.0.1', '::1'],
      days: 3650,
      now: Date.now(),
    });
    const held = new X509Certificate(cert);
    expect(held.checkHost('studio.local')).toBe('studio.local');
    expect(held.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(held.verify(held.publicKey)).toBe(true);
    const server = createServer({ cert, key }, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', ca: cert, servername: 'studio.local' });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(fingerprintOf(socket.getPeerCertificate().raw)).toBe(fingerprintOf(cert));
    expect(fingerprintOf(cert)).toMatch(/^[0-9a-f]{64}$/);
    socket.destroy();
  });

  it('is another one each time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => makeCertificate({ names: ['x'], days: 1, now: Date.now() })));
    expect(fingerprintOf(one?.cert ?? '')).not.toBe(fingerprintOf(two?.cert ?? ''));
  });
});
