import type { Target } from '../schema.ts';
import type { Connection, SenderContext } from './sender.ts';

/** Connects to a target. Each sender is loaded when it is first needed, with the client library it stands on. */
export async function connectTo(target: Target, context: SenderContext): Promise<Connection> {
  switch (target.type) {
    case 'built-in': {
      const { connectBuiltInBroker } = await import('./built-in-broker.ts');
      return connectBuiltInBroker(target, context);
    }
    case 'mqtt': {
      const { connectMqtt } = await import('./mqtt.ts');
      return connectMqtt(target, context);
    }
    default:
      throw new Error(`no sender for ${target.type} yet`);
  }
}
