import { createHash } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { HttpsTarget } from '../schema.ts';
import { addressOf } from './address.ts';
import { encodeBatch } from './document/index.ts';
import { type Answer, answerError } from './http-answers.ts';
import { openSocket } from './open-socket.ts';
import type { Batch, Connection, Sender } from './sender.ts';
import { connectionError, tlsOptions } from './tls.ts';

/** A server that says nothing for this long is given up, ms. */
const SILENCE = 30_000;

/** Of an answer so many characters are kept: enough to say why. */
const ANSWER = 2_048;

/**
 * HTTPS: a batch is the body of one request, and counts as sent when the server has answered 2xx.
 *
 * The `Idempotency-Key` is made of the batch's place in the queue and of what it holds, so that one key always stands for
 * the same messages: the server may drop a request whose key it has seen.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export const connectHttps: Sender<HttpsTarget> = async (target, { gateway, clock, signal, wire }) => {
  const address = addressOf(target);
  const { request, Agent } = target.url.startsWith('http:') ? http : https;
  const options = tlsOptions(target);
  // So that a server that is away, or not to be trusted, shows before there is anything to send.
  const first = await clock.hold(openSocket(target.url, options, signal)).catch((thrown: unknown) => {
    throw connectionError(address, thrown);
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ...options });
  const anew = agent.createConnection.bind(agent);
  agent.createConnection = (...given) => first.take() ?? anew(...given);
  const closing = new AbortController();
  const single = target.sending.messages === 1 && (target.format === 'json' || target.format === 'jsonl');

  const post = (body: Uint8Array, headers: http.OutgoingHttpHeaders) =>
    new Promise<Answer>((resolve, reject) => {
      const { method } = target;
      const sent = request(target.url, { method, agent, headers, signal: closing.signal, timeout: SILENCE });
      sent.on('timeout', () => sent.destroy(errors.DESTINATION_SILENT({ address, seconds: SILENCE / 1000 })));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A server ends connections that rest, also just when we write. @see request.reusedSocket
        if (sent.reusedSocket && error.code === 'ECONNRESET') post(body, headers).then(resolve, reject);
        else reject(error);
      });
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += text.length < ANSWER ? piece : ''));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      });
      sent.end(body);
    });

  const send = async (batch: Batch) => {
    const document = await encodeBatch(batch, { ...target, gateway, ...(single && { format: 'jsonl' }) });
    const { body, contentEncoding } = document;
    wire?.(batch, body.length);
    const headers = {
      'User-Agent': 'Millrace',
      ...target.headers,
      ...authorization(target),
      'Content-Type': single ? 'application/json' : document.contentType,
      ...(contentEncoding !== undefined && { 'Content-Encoding': contentEncoding }),
      'Content-Length': body.length,
      'Idempotency-Key': idempotencyKey(gateway, batch),
    };
    const answer = await post(body, headers).catch((thrown: unknown) => {
      throw thrown instanceof MillraceError ? thrown : connectionError(address, thrown);
    });
    const failure = answerError(target, answer, clock.now());
    if (failure) throw failure;
  };

  const connection: Connection = {
    most: { messages: target.sending.messages, bytes: target.sending.bytes },
    window: 1,
    send: (batch) => clock.hold(send(batch)),
    close() {
      closing.abort();
      first.take()?.destroy();
      agent.destroy();
      return Promise.resolve();
    },
  };
  return connection;
};

function authorization({ token, username, password }: HttpsTarget): http.OutgoingHttpHeaders {
  if (token !== '') return { Authorization: `Bearer ${token}` };
  if (username === '') return {};
  return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** A batch that is sent again may hold more, or gaps for what has expired meanwhile: then it is another one. */
function idempotencyKey(gateway: string, { name, messages }: Batch): string {
  const digest = createHash('sha256');
  for (const { body } of messages) digest.update(body).update('\n');
  return `${gateway}-${name}-${digest.digest('hex').slice(0, 16)}`;
}
