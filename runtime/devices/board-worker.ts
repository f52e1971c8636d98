/** One board's thread: everything that Johnny-Five makes ends with it. */
import { systemClock } from '../base/index.ts';
import { serveWorker } from '../workers/index.ts';
import type { SessionData, SessionEvent } from './session/protocol.ts';
import { createSession } from './session/session.ts';

serveWorker<SessionEvent, SessionData>(({ data, emit }) => createSession(data, systemClock, emit));
