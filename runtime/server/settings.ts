/** Node-RED's settings, as Millrace wants them: nothing leaves the machine, nothing is open that need not be. */
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { CATEGORIES } from '../messages/index.ts';
import type { AdminRoutes } from '../node-red/index.ts';
import type { Services } from '../services/index.ts';
import type { Log } from './log.ts';
import { nodeRedLog } from './node-red-log.ts';
import type { Password } from './password.ts';

export interface SettingsParts {
  readonly userDir: string;
  readonly flowFile: string;
  /** The folder of the palette package; none where only Node-RED's own nodes are wanted. */
  readonly palette: string | undefined;
  readonly services: Services | undefined;
  /** The types that the flow uses: others of the palette are not loaded. Default: all are. */
  readonly types?: ReadonlySet<string>;
  /** Admin routes of this server's own. */
  readonly serve?: ((routes: AdminRoutes) => void) | undefined;
  readonly credentialSecret: string;
  readonly password: Password | undefined;
  readonly checkPassword: ((authorization: string | undefined) => Promise<boolean>) | undefined;
  readonly headless: boolean;
  /** Whether function nodes may load packages that are installed. Default: no. */
  readonly functionModules?: boolean;
  readonly excluded: readonly string[];
  readonly log: Log;
  /** Of Node-RED's own messages. */
  readonly translate: (key: string) => string;
}

/** Node-RED's own categories, behind ours, in its own order. */
const CORE_CATEGORIES = ['subflows', 'common', 'function', 'network', 'sequence', 'parser', 'storage'];

/**
 * A function node that loops for ever would stop everything: after so many seconds it fails instead. The watch costs
 * some 0.2 ms a message (2 % of a core at 100 messages a second).
 */
const FUNCTION_TIMEOUT = 10;

export function nodeRedSettings(parts: SettingsParts): Record<string, unknown> {
  const { userDir, flowFile, palette, services, credentialSecret, password, checkPassword, headless } = parts;
  const logo = palette && join(palette, 'resources/logo.svg');
  return {
    userDir,
    flowFile,
    flowFilePretty: true,
    credentialSecret,
    ...(palette !== undefined && { nodesDir: [palette] }),
    ...(services && {
      millrace: { services, ...(parts.serve && { serve: parts.serve }), ...(parts.types && { types: parts.types }) },
    }),
    ...(parts.excluded.length > 0 && { nodesExcludes: parts.excluded }),
    httpAdminRoot: headless ? false : '/',
    httpNodeRoot: '/',
    disableEditor: headless,
    httpAdminMiddleware: notFramed,
    ...(password && {
      adminAuth: {
        type: 'credentials',
        users: [{ username: password.user, password: password.hash, permissions: '*' }],
      },
    }),
    // Websockets that a flow serves: as what it serves over HTTP.
    ...(checkPassword && {
      webSocketNodeVerifyClient: (handshake: Handshake, answer: HandshakeAnswer) =>
        void checkPassword(handshake.req.headers.authorization).then((granted) => answer(granted, 401, 'Unauthorized')),
    }),
    telemetry: { enabled: false, updateNotification: false },
    externalModules: {
      autoInstall: false,
      palette: { allowInstall: false, allowUpdate: false, allowUpload: false },
      modules: { allowInstall: false },
    },
    functionExternalModules: parts.functionModules ?? false,
    globalFunctionTimeout: FUNCTION_TIMEOUT,
    exportGlobalContextKeys: false,
    diagnostics: { enabled: true, ui: true },
    runtimeState: { enabled: false, ui: false },
    logging: { millrace: nodeRedLog(parts.log, parts.translate) },
    debugMaxLength: 1000,
    // The built-in broker starts with the flow: a client that came too early tries again soon.
    mqttReconnectTime: 2000,
    editorTheme: {
      page: { title: 'Millrace', ...(logo && { favicon: logo }) },
      header: { title: 'Millrace', ...(logo && { image: logo }) },
      ...(logo && { login: { image: logo } }),
      tours: false,
      projects: { enabled: false },
      multiplayer: { enabled: false },
      palette: { catalogues: [], categories: { order: [...CATEGORIES, ...CORE_CATEGORIES] } },
    },
  };
}

interface Handshake {
  readonly req: IncomingMessage;
}
type HandshakeAnswer = (granted: boolean, status: number, reason: string) => void;

/** A page of another site cannot lay the editor under its own buttons. */
const notFramed: RequestHandler = (_request, response, next) => {
  response.set('Content-Security-Policy', "frame-ancestors 'self'");
  next();
};
