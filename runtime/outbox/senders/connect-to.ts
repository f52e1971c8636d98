import type { Target } from '../schema.ts';
import { kindOf } from './kinds.ts';
import type { Connection, SenderContext } from './sender.ts';

/** Connects to a target. Each sender is loaded when it is first needed, with the client library it stands on. */
export async function connectTo(target: Target, context: SenderContext): Promise<Connection> {
  const connect = await kindOf(target).load();
  return connect(target, context);
}
