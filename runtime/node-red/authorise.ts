import type { Red } from './red.ts';

/**
 * Checks a token as Node-RED checks its own: by its permission middleware, shown a request that carries the token.
 * Without adminAuth everyone may read, as in Node-RED.
 */
export function authoriser(red: Red): (token: string | undefined) => Promise<boolean> {
  const check = red.auth.needsPermission('flows.read');
  return (token) =>
    new Promise((resolve) => {
      const request = {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        query: {},
        body: {},
        method: 'GET',
        url: '/millrace/live',
      };
      const refuse = () => resolve(false);
      const response = { statusCode: 200, setHeader: () => undefined, status: () => ({ end: refuse }), end: refuse };
      check(request, response, () => resolve(true));
    });
}
