import { z } from 'zod';
import { type ImportAnswer, type ImportChoices, type InspectAnswer, uploadRequest } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';
import type { Upload, Uploads } from './uploads.ts';

/** `upload`: to which the file belongs, which then has the name that the model has for it. */
const fileQuery = z.object({ file: z.string().min(1).max(300), upload: z.string().optional() });

/** Models on their way in: a file is sent, looked at, named, and imported. */
export function serveImports(routes: AdminRoutes, { importer, library }: Services, uploads: Uploads): void {
  const look = async (upload: Upload, choices: ImportChoices = {}): Promise<InspectAnswer> => {
    const { id, fileName, onnx, external } = upload;
    const answer = { upload: id, file: fileName };
    const missing = library.externalFiles(onnx).filter((name) => !external.has(name));
    if (missing.length > 0) return { ...answer, missing };
    const { proposal } = await importer.inspect(onnx, upload, choices);
    return { ...answer, proposal, missing: [] };
  };

  routes.on('post', '/models/inspect', 'flows.write', async ({ query, stream }) => {
    const { file, upload: id } = parseRequest(fileQuery, query);
    const bytes = await uploads.receive(file, stream);
    if (id !== undefined) return look(uploads.attach(id, file, bytes));
    const upload = uploads.begin(file, bytes);
    try {
      return await look(upload);
    } catch (error) {
      // No model: nobody will come back for it.
      uploads.drop(upload.id);
      throw error;
    }
  });
  routes.on('post', '/models/preview', 'flows.write', ({ body }) => {
    const { upload, choices } = parseRequest(uploadRequest, body);
    return look(uploads.find(upload), choices);
  });
  routes.on('post', '/models/import', 'flows.write', async ({ body }): Promise<ImportAnswer> => {
    const { upload: id, choices } = parseRequest(uploadRequest, body);
    const upload = uploads.find(id);
    const { name, version = '' } = await importer.add(upload.onnx, upload, choices);
    uploads.drop(id);
    return { name, version };
  });
}
