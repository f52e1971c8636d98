import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { defineLimit, newId } from '../../base/index.ts';
import {
  type DataSetsAnswer,
  dataSetRequest,
  type ExampleMap,
  exampleRequest,
  examplesRequest,
  type ExamplesAnswer,
  type ExampleView,
  exportRequest,
  freezeRequest,
  importDataRequest,
  type ImportDataAnswer,
  relabelRequest,
  removeExamplesRequest,
  removeVersionRequest,
  type TruthLabel,
} from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { errors } from '../errors.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

const bytesLimit = defineLimit(
  'data_upload_bytes',
  1024 ** 3,
  'Uploads of files of examples refused because of their size',
);

type DataSet = Awaited<ReturnType<Services['dataSets']['find']>>;

/** Data sets of this machine: listed, looked at, mended, filled from files and written out as such. */
export function serveData(routes: AdminRoutes, { dataSets, recordings }: Services): void {
  const having = async <T>(name: string, work: (set: DataSet) => Promise<T>): Promise<T> => {
    const set = await dataSets.find(name);
    try {
      return await work(set);
    } finally {
      await set.close();
    }
  };

  routes.on('get', '/data', 'flows.read', async (): Promise<DataSetsAnswer> => {
    return { dataSets: [...(await dataSets.list())] };
  });
  routes.on('get', '/data/examples', 'flows.read', ({ query }): Promise<ExamplesAnswer> => {
    const { name, label, offset, limit, group, values } = parseRequest(examplesRequest, query);
    return having(name, async (set) => {
      const { examples, total } = await set.page({
        ...{ offset, limit, values: values === 'yes' },
        ...(label !== undefined && { label: await labelCalled(set, label) }),
        ...(group !== undefined && { group }),
      });
      return { examples: [...examples], total };
    });
  });
  routes.on('get', '/data/example', 'flows.read', ({ query }): Promise<ExampleView> => {
    const { name, id } = parseRequest(exampleRequest, query);
    return having(name, (set) => set.example(id));
  });
  routes.on('get', '/data/findings', 'flows.read', ({ query }) => {
    return having(parseRequest(dataSetRequest, query).name, async (set) => ({ findings: await set.findings() }));
  });
  routes.on('get', '/data/map', 'flows.read', ({ query }): Promise<ExampleMap> => {
    return having(parseRequest(dataSetRequest, query).name, (set) => set.map());
  });
  routes.on('get', '/data/export', 'flows.read', ({ query }) => {
    const { name, format } = parseRequest(exportRequest, query);
    return download(dataSets, name, format);
  });

  routes.on('post', '/data/relabel', 'flows.write', ({ body }) => {
    const { name, choice, label } = parseRequest(relabelRequest, body);
    return having(name, async (set) => ({ changed: await set.relabel(choice, label) }));
  });
  routes.on('post', '/data/examples/remove', 'flows.write', ({ body }) => {
    const { name, choice } = parseRequest(removeExamplesRequest, body);
    return having(name, async (set) => ({ removed: await set.remove(choice) }));
  });
  routes.on('post', '/data/freeze', 'flows.write', ({ body }) => {
    const { name, note } = parseRequest(freezeRequest, body);
    return having(name, (set) => set.freeze(note));
  });
  routes.on('post', '/data/versions/remove', 'flows.write', ({ body }) => {
    const { name, version } = parseRequest(removeVersionRequest, body);
    return having(name, async (set) => {
      await set.removeVersion(version);
      return {};
    });
  });
  routes.on('post', '/data/remove', 'flows.write', async ({ body }) => {
    await dataSets.remove(parseRequest(dataSetRequest, body).name);
    return {};
  });

  routes.on('post', '/data/import', 'flows.write', async ({ query, stream }): Promise<ImportDataAnswer> => {
    const { name, file, ...options } = parseRequest(importDataRequest, query);
    const path = join(dataSets.directories.own, '.incoming', newId());
    try {
      await receive(file, path, stream);
      return toAnswer(await dataSets.import(name, path, { fileName: file, ...defined(options) }));
    } finally {
      await rm(path, { force: true });
    }
  });
  routes.on('post', '/data/import-recording', 'flows.write', async ({ body }): Promise<ImportDataAnswer> => {
    const { name, file, ...options } = parseRequest(importDataRequest, body);
    const { files } = await recordings.open(file);
    return toAnswer(await dataSets.import(name, files, { fileName: file, ...defined(options) }));
  });
}

const toAnswer = ({ name, added, refused, problems }: Awaited<ReturnType<Services['dataSets']['import']>>) => ({
  ...{ name, added, refused },
  problems: problems.map(({ code, message, hint }) => ({ code, message, hint })),
});

/** What was left out, and what was left empty in a form, says nothing. */
function defined(
  options: Readonly<Partial<Record<'labelColumn' | 'groupColumn' | 'timeColumn' | 'label', string | undefined>>>,
) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== ''));
}

/** In an address a label is a text; the data set knows whether it is a number. `''`: none. */
async function labelCalled(set: DataSet, text: string): Promise<TruthLabel | null> {
  if (text === '') return null;
  const { labels } = await set.summary();
  return labels.find(({ label }) => label !== null && String(label) === text)?.label ?? text;
}

async function download(dataSets: Services['dataSets'], name: string, format: 'csv' | 'parquet') {
  const set = await dataSets.find(name);
  try {
    const { fileName, type, content } = await set.export(format);
    return { download: fileName, type, content: heldWhile(content, () => set.close()) };
  } catch (error) {
    await set.close();
    throw error;
  }
}

async function* heldWhile(content: AsyncIterable<Uint8Array>, close: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } finally {
    await close();
  }
}

/** To disk: examples may be more than memory holds. @throws DATA_UPLOAD_TOO_LARGE */
async function receive(name: string, path: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const file = createWriteStream(path);
  const failed = finished(file);
  // Awaited below; until then nobody need hear of it.
  failed.catch(() => undefined);
  let size = 0;
  // Read to the end in any case: a browser hears an answer only once it has sent everything.
  for await (const piece of stream) {
    size += piece.byteLength;
    if (size > bytesLimit.value || file.destroyed) continue;
    if (!file.write(piece))
      await Promise.race([new Promise<void>((resolve) => file.once('drain', () => resolve())), failed]);
  }
  file.end();
  await failed;
  if (size > bytesLimit.value) {
    bytesLimit.cost();
    throw errors.DATA_UPLOAD_TOO_LARGE({ file: name, limit: bytesLimit.value });
  }
}
