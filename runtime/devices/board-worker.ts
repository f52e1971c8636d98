/** One board's thread: everything that Johnny-Five makes ends with it. */
import { systemClock } from '../base/index.ts';
import { serveWorker } from '../workers/index.ts';
import type { LineEvent, SessionData, SessionEvent } from './session/protocol.ts';
import { createSession } from './session/session.ts';

serveWorker<SessionEvent | LineEvent, SessionData>(({ data, emit }) => createSession(data, systemClock, emit));
