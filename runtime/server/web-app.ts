import express, { type Express, type RequestHandler } from 'express';
import type { NodeRed } from './node-red.ts';
import { serveMetrics } from './metrics-route.ts';

export interface WebAppOptions {
  readonly metricsToken: string;
  /** HTTP basic credentials for what a flow serves; none: open to whom the server lets in. */
  readonly checkPassword: ((authorization: string | undefined) => Promise<boolean>) | undefined;
}

export interface WebApp {
  readonly app: Express;
  /** Until then everything but the metrics gets 503. */
  mount(red: NodeRed, headless: boolean): void;
  /** From now on again: no request brings a flow new messages. Those under way are answered. */
  refuse(): void;
}

/** Express 4: the metrics, then Node-RED's admin and editor, then what the nodes of a flow serve. */
export function createWebApp({ metricsToken, checkPassword }: WebAppOptions): WebApp {
  const app = express();
  app.disable('x-powered-by');
  app.get('/metrics', serveMetrics(metricsToken));
  let state: 'starting' | 'ready' | 'stopping' = 'starting';
  app.use((_request, response, next) => {
    if (state === 'ready') return next();
    response.status(503).set('Retry-After', '1').type('text/plain').send(`Millrace is ${state}.\n`);
  });
  return {
    app,
    mount(red, headless) {
      if (!headless) app.use('/', red.httpAdmin);
      if (checkPassword) app.use('/', requirePassword(checkPassword));
      app.use('/', red.httpNode);
      state = 'ready';
    },
    refuse: () => void (state = 'stopping'),
  };
}

function requirePassword(check: (authorization: string | undefined) => Promise<boolean>): RequestHandler {
  return (request, response, next) => {
    check(request.headers.authorization).then((granted) => {
      if (granted) return next();
      response.status(401).set('WWW-Authenticate', 'Basic realm="Millrace"').type('text/plain').send('Sign in.\n');
    }, next);
  };
}
