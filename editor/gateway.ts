import { red } from './red.ts';

/** What the gateway answers where it cannot do what it was asked: a coded error, or words of its own. */
export class Refused extends Error {
  readonly hint: string | undefined;
  /** Of HTTP. */
  readonly status: number | undefined;

  constructor(message: string, hint?: string, status?: number) {
    super(message);
    this.hint = hint;
    this.status = status;
  }
}

/** Node-RED's own token, under the name by which it stores it. */
function token(): string | undefined {
  const tokens = red().settings.get('auth-tokens') as { access_token?: string } | null | undefined;
  return tokens?.access_token;
}

/** @param path on Node-RED's admin API. @throws {Refused} with the reason */
async function request(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const access = token();
  const file = body instanceof Blob;
  // An editor that is embedded elsewhere names its gateway; else it is where the page came from.
  const address = new URL(path, new URL(red().settings.apiRootUrl || '.', location.href));
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body !== undefined && { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }),
      ...(access !== undefined && { Authorization: `Bearer ${access}` }),
    },
    ...(body !== undefined && { body: file ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => undefined)) as Record<string, unknown> | undefined;
  const message = typeof answer?.['message'] === 'string' ? answer['message'] : response.statusText;
  throw new Refused(message, typeof answer?.['hint'] === 'string' ? answer['hint'] : undefined, response.status);
}

/**
 * Asks one of Millrace's admin routes, as whoever is signed in.
 *
 * @param path below `millrace/`
 * @param body sent as JSON, or as it is if it is a file, by POST; without one it is a GET
 * @throws {Refused} with the reason
 */
export async function askGateway(path: string, body?: unknown): Promise<unknown> {
  const response = await request(`millrace/${path}`, body);
  return await response.json().catch(() => undefined);
}
export type AskGateway = typeof askGateway;

/**
 * A flow that ships, from the list of examples that Node-RED's import dialog shows.
 *
 * @throws {Refused} with the reason
 */
export async function exampleFlow(name: string): Promise<readonly Record<string, unknown>[]> {
  const response = await request(`library/examples/flows/millrace/${name}`);
  return (await response.json()) as readonly Record<string, unknown>[];
}

/**
 * Asks a route that answers line by line, as things happen.
 *
 * @throws {Refused} with the reason
 */
export async function* askForLines(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<unknown, void> {
  const response = await request(`millrace/${path}`, body, signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const piece = await reader?.read();
    const lines = (rest + (piece?.value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line);
    if (!piece || piece.done) return;
  }
}
export type AskForLines = typeof askForLines;

/**
 * Saves a file that a route sends, as the browser saves what one downloads. A link alone would come without the token.
 *
 * @param body sent as JSON by POST; without one it is a GET
 * @throws {Refused} with the reason
 */
export async function download(path: string, body?: unknown): Promise<void> {
  const response = await request(`millrace/${path}`, body);
  const said = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = said === undefined ? 'download' : decodeURIComponent(said);
  link.click();
  // At once, the browser has not begun to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Shows a page that a route sends in a tab of its own, or saves it where the browser opens none. A link alone would come without
 * the token.
 *
 * @throws {Refused} with the reason
 */
export async function openPage(path: string): Promise<void> {
  // Before anything is waited for: browsers open tabs only as an answer to a click.
  const tab = window.open('', '_blank');
  if (!tab) return await download(path);
  try {
    const response = await request(`millrace/${path}`);
    const page = new Blob([await response.blob()], { type: 'text/html;charset=utf-8' });
    const address = URL.createObjectURL(page);
    tab.location.replace(address);
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (error) {
    tab.close();
    throw error;
  }
}
