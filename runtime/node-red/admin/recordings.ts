import { asMillraceError, type Clock, defineLimit, newId, type Timer } from '../../base/index.ts';
import {
  idRequest,
  nameRequest,
  recordRequest,
  type RecordingsAnswer,
  type RunningRecording,
} from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { errors } from '../errors.ts';
import type { Red } from '../red.ts';
import type { Tap } from '../tap.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

const atOnce = defineLimit('sidebar_recordings', 10, 'Recordings refused because so many ran from the sidebar');
/** Of one recording from the sidebar, MB and files: enough for days of a fast sensor. */
const FILE_BYTES = 64 * 1024 ** 2;
const FILES = 8;

interface Running {
  readonly id: string;
  readonly begun: number;
  state(): RunningRecording;
  end(): Promise<void>;
}

/** Recordings that somebody starts by a button, and the list of all that there are. */
export function serveRecordings(routes: AdminRoutes, red: Red, { recordings, clock }: Services, tap: Tap): void {
  const running = new Map<string, Running>();

  const begin = async (body: unknown): Promise<RunningRecording> => {
    const { node: id, output, name, seconds } = parseRequest(recordRequest, body);
    const node = red.nodes.getNode(id);
    if (!node) throw errors.NODE_NOT_RUNNING({ node: id });
    if (running.size >= atOnce.value) {
      atOnce.cost();
      throw errors.TOO_MANY_RECORDINGS({ running: running.size });
    }
    const label = node.name || node.type;
    const outputs = node.wires?.length ?? 0;
    let problem: string | undefined;
    const recorder = await recordings.record({
      name: nameFor(name ?? label),
      ...{ format: 'jsonl', maxBytes: FILE_BYTES, maxFiles: FILES, source: `the sidebar, at "${label}"` },
      failed: (error) => (problem = error.message),
    });
    const take = (message: Readonly<Record<string, unknown>>) => {
      try {
        recorder.write(message);
      } catch (thrown) {
        // The flow goes on; the sidebar says what cannot be recorded.
        problem = asMillraceError(thrown).message;
      }
    };
    const stopListening = tap.listen({ node: id, port: outputs === 0 ? undefined : output - 1, take });
    const begun = clock.monotonic();
    let timer: Timer | undefined;
    const one: Running = {
      id: newId(),
      begun,
      state: () => ({
        ...{ id: one.id, node: id, output, recording: recorder.name, elapsed: clock.monotonic() - begun },
        ...(seconds !== undefined && { seconds }),
        ...{ messages: recorder.state.messages, bytes: recorder.state.bytes },
        ...(problem !== undefined && { problem }),
      }),
      async end() {
        timer?.cancel();
        stopListening();
        running.delete(one.id);
        await recorder.close();
      },
    };
    running.set(one.id, one);
    if (seconds !== undefined) timer = endAfter(clock, seconds, one);
    return one.state();
  };

  routes.on('get', '/recordings', 'flows.read', async (): Promise<RecordingsAnswer> => {
    const entries = await recordings.list();
    return {
      running: [...running.values()].map((one) => one.state()),
      recordings: entries.map(({ name, title, format, files, bytes, messages, started, open, shipped, problem }) => ({
        ...{ name, title, format, files, bytes, open, shipped },
        ...(messages !== undefined && { messages }),
        ...(started !== undefined && { started }),
        ...(problem !== undefined && { problem }),
      })),
    };
  });
  routes.on('post', '/recordings', 'flows.write', ({ body }) => begin(body));
  routes.on('post', '/recordings/stop', 'flows.write', async ({ body }) => {
    // One that has ended by itself meanwhile is stopped all the same.
    await running.get(parseRequest(idRequest, body).id)?.end();
    return {};
  });
  routes.on('post', '/recordings/remove', 'flows.write', async ({ body }) => {
    await recordings.remove(parseRequest(nameRequest, body).name);
    return {};
  });
  routes.on('get', '/recordings/:name/file', 'flows.read', async ({ params }) => {
    const { fileName, type, bytes } = await recordings.read(params['name'] ?? '');
    return { download: fileName, type, content: bytes };
  });
}

function endAfter(clock: Clock, seconds: number, recording: Running): Timer {
  return clock.after(seconds * 1000, () => void recording.end());
}

/** A node may be called anything; a recording is a file. */
const nameFor = (label: string) =>
  label
    .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
    .replace(/^[\s._-]+|[\s._-]+$/gu, '')
    .slice(0, 60) || 'recording';
