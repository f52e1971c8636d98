import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { metricsText } from '../base/index.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Serves the metrics to whoever shows the scrape token: `Authorization: Bearer TOKEN`. */
export function serveMetrics(token: string): RequestHandler {
  const expected = digest(token);
  return (request, response) => {
    const shown = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(shown), expected)) {
      response.status(401).set('WWW-Authenticate', 'Bearer').type('text/plain').send('The scrape token is missing.\n');
      return;
    }
    response.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8').send(metricsText());
  };
}
