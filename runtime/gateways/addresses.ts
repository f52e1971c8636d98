import { hostname, networkInterfaces } from 'node:os';

/** As many as a pairing code holds. */
const MOST = 6;
const EVERYWHERE = new Set(['0.0.0.0', '::', '']);

/** Whether this address reaches only the machine itself. */
export const isLocalOnly = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Where gateways find a studio that listens on `host`, the likeliest first: `192.168.1.5:1881`. */
export function addressesOf(host: string, port: number): string[] {
  const at = (name: string) => (name.includes(':') ? `[${name}]:${port}` : `${name}:${port}`);
  if (!EVERYWHERE.has(host)) return [at(host.replace(/^\[|\]$/g, ''))];
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    // An address of the link alone means nothing on another machine.
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .sort((a, b) => Number(a.family === 'IPv6') - Number(b.family === 'IPv6'))
    .map(({ address }) => address);
  // The addresses may change with the next lease, the name stays.
  const name = hostname();
  const named = /^[A-Za-z0-9.-]{1,200}$/.test(name) ? [name.includes('.') ? name : `${name}.local`] : [];
  const found = [...own.slice(0, MOST - 1), ...named];
  return (found.length > 0 ? found : ['127.0.0.1']).map(at);
}

/** Why gateways of other machines cannot reach a studio on `host`; none if they can. */
export function closedBecause(host: string): string | undefined {
  if (!isLocalOnly(host)) return undefined;
  return 'This studio is open to its own machine only. For gateways of other machines set a password (millrace passwd), then start it with --host 0.0.0.0.';
}
