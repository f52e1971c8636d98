import { red } from './red.ts';

/** What the gateway answers where it cannot do what it was asked: a coded error, or words of its own. */
export class Refused extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Node-RED's own token, under the name by which it stores it. */
function token(): string | undefined {
  const tokens = red().settings.get('auth-tokens') as { access_token?: string } | null | undefined;
  return tokens?.access_token;
}

/**
 * Asks one of Millrace's admin routes, as whoever is signed in.
 *
 * @param path below `millrace/`
 * @param body sent as JSON, by POST; without one it is a GET
 * @throws {Refused} with the reason
 */
export async function askGateway(path: string, body?: unknown): Promise<unknown> {
  const access = token();
  // An editor that is embedded elsewhere names its gateway; else it is where the page came from.
  const address = new URL(`millrace/${path}`, new URL(red().settings.apiRootUrl || '.', location.href));
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(access !== undefined && { Authorization: `Bearer ${access}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined;
  if (response.ok) return answer;
  const message = typeof answer?.['message'] === 'string' ? answer['message'] : response.statusText;
  throw new Refused(message, typeof answer?.['hint'] === 'string' ? answer['hint'] : undefined);
}
