import {
  aliasRequest,
  type ModelCard,
  type ModelsAnswer,
  noteRequest,
  type TryAnswer,
  tryRequest,
  versionRequest,
} from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';
import type { Uploads } from './uploads.ts';

/** The models of this machine: listed, looked at, tried, named by aliases, removed. */
export function serveModels(routes: AdminRoutes, { models, library }: Services, uploads: Uploads): void {
  const versionOf = (query: Readonly<Record<string, unknown>>) => {
    const { name, version } = parseRequest(versionRequest, query);
    return `${name}@${version}`;
  };

  routes.on('get', '/models', 'flows.read', async (): Promise<ModelsAnswer> => ({
    models: [...(await library.list())],
  }));
  // Names and versions may hold what a path may not.
  routes.on('get', '/models/card', 'flows.read', ({ query }): Promise<ModelCard> => library.card(versionOf(query)));
  routes.on('get', '/models/file', 'flows.read', async ({ query }) => {
    const { fileName, onnx } = await library.file(versionOf(query));
    return { download: fileName, type: 'application/octet-stream', content: onnx };
  });
  routes.on('post', '/models/alias', 'flows.write', async ({ body }) => {
    const { name, alias, version } = parseRequest(aliasRequest, body);
    await models.alias(name, alias, version);
    return {};
  });
  routes.on('post', '/models/note', 'flows.write', async ({ body }) => {
    const { name, version, note } = parseRequest(noteRequest, body);
    await models.note(name, version, note);
    return {};
  });
  routes.on('post', '/models/remove', 'flows.write', async ({ body }) => {
    const { name, version } = parseRequest(versionRequest, body);
    await models.remove(name, version);
    return {};
  });
  // It changes nothing, but it works the machine: not for somebody who may only look.
  routes.on('post', '/models/try', 'flows.write', ({ body }): Promise<TryAnswer> => {
    const { model, input } = parseRequest(tryRequest, body);
    return library.ask(model, input);
  });
  // A picture, or whatever else is a file: its bytes are the input.
  routes.on('post', '/models/try-file', 'flows.write', async ({ query, stream }): Promise<TryAnswer> => {
    const reference = versionOf(query);
    return library.ask(reference, await uploads.receive('the file', stream));
  });
}
