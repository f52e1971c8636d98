/** Millrace's own routes on Node-RED's admin API: guarded by its permissions, below `/millrace/`. */
import { asMillraceError, MillraceError, toPlainError } from '../../base/index.ts';
import type { Red } from '../red.ts';

export interface AdminRequest {
  /** Of the path: `/recordings/:name` gives `name`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The JSON that was sent. */
  readonly body: unknown;
  /** What was sent, where it is no JSON; it can be read once. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Aborted when the browser has gone. */
  readonly gone: AbortSignal;
}

/** A file to be saved, rather than JSON. */
export interface Download {
  readonly download: string;
  readonly type: string;
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
}

/**
 * What a route answers: a value is sent as JSON, nothing as 204, what can be iterated over as one line of JSON an item, as they
 * come. A coded error is answered with 400 and its code, message and hint.
 */
export type AdminHandler = (request: AdminRequest) => unknown;

export type Method = 'get' | 'post' | 'put' | 'delete';
/** Node-RED's: whoever may see the flows, or may change them. */
export type Permission = 'flows.read' | 'flows.write';

export interface AdminRoutes {
  /** @param path below `/millrace` */
  on(method: Method, path: string, permission: Permission, handler: AdminHandler): void;
}

export function adminRoutes({ httpAdmin, auth }: Red): AdminRoutes {
  return {
    on(method, path, permission, handler) {
      httpAdmin[method](`/millrace${path}`, auth.needsPermission(permission), (request, response) => {
        void answer(request, response, handler);
      });
    },
  };
}

async function answer(request: HttpRequest, response: HttpResponse, handler: AdminHandler): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { params, query, body } = request;
  try {
    const value = await handler({ params, query, body, stream: request, gone: gone.signal });
    if (value === undefined) response.status(204).end();
    else if (isDownload(value)) await sendFile(response, value);
    else if (isIterable(value)) await sendLines(response, value, gone.signal);
    else response.json(value);
  } catch (thrown) {
    const error = asMillraceError(thrown);
    // What has been sent cannot be taken back: a cut answer says that something went wrong.
    if (response.headersSent) response.destroy(error);
    else response.status(thrown instanceof MillraceError ? 400 : 500).json(toPlainError(error));
  }
}

async function sendLines(response: HttpResponse, lines: AsyncIterable<unknown>, gone: AbortSignal): Promise<void> {
  response.setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  for await (const line of lines) {
    if (gone.aborted) return;
    response.write(`${JSON.stringify(line)}\n`);
  }
  response.end();
}

async function sendFile(response: HttpResponse, { download, type, content }: Download): Promise<void> {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(download)}`);
  if (content instanceof Uint8Array) response.write(content);
  else for await (const piece of content) await written(response, piece);
  response.end();
}

/** Resolves when the socket has room for the next piece. */
function written(response: HttpResponse, piece: Uint8Array): Promise<void> | undefined {
  if (response.write(piece)) return undefined;
  return new Promise((resolve, reject) => {
    response.on('drain', resolve);
    response.on('close', () => reject(new Error('the browser has gone')));
  });
}

const isDownload = (value: unknown): value is Download =>
  typeof value === 'object' && value !== null && 'download' in value && 'content' in value;
const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** What is used of Express, which a plain Node-RED brings. */
export interface HttpRequest extends AsyncIterable<Uint8Array> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}
export interface HttpResponse {
  readonly headersSent: boolean;
  setHeader(name: string, value: string): void;
  status(code: number): HttpResponse;
  json(value: unknown): void;
  write(piece: string | Uint8Array): boolean;
  end(): void;
  destroy(error: Error): void;
  on(event: 'close' | 'drain', listener: () => void): void;
}
