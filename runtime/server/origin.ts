/**
 * Who may talk to a server that has no password: this machine, by a loopback name, from pages that the server itself
 * sent. The name is checked because of DNS rebinding: a foreign page whose name suddenly resolves to 127.0.0.1 still sends
 * its own name as Host.
 */
import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  /** The header that does not fit. */
  readonly what: 'Host' | 'Origin' | 'Sec-Fetch-Site';
  readonly value: string;
}

/** Whether this address reaches only the machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Judges a request, or a websocket's handshake, by its headers.
 *
 * @param secure whether it came over TLS
 * @returns what is foreign about it; `undefined` if nothing is
 */
export function foreignness(headers: IncomingHttpHeaders, secure: boolean): Refusal | undefined {
  const host = (headers.host ?? '').toLowerCase();
  if (!isLoopback(host.replace(/:\d*$/, ''))) return { what: 'Host', value: host };
  const { origin } = headers;
  if (origin !== undefined) {
    const own = `${secure ? 'https' : 'http'}://${host}`;
    return origin.toLowerCase() === own ? undefined : { what: 'Origin', value: origin };
  }
  return fetchedByAnotherPage(headers);
}

/** A page of another site may link here, but not embed or fetch what is here (it sends no Origin with a plain GET). */
function fetchedByAnotherPage(headers: IncomingHttpHeaders): Refusal | undefined {
  const site = headers['sec-fetch-site'];
  if (typeof site !== 'string' || site === 'same-origin' || site === 'none') return undefined;
  const followedLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return followedLink ? undefined : { what: 'Sec-Fetch-Site', value: site };
}
