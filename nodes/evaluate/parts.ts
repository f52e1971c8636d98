import {
  type ModelIdentity,
  modelIdentity,
  predictionPayload,
  readProperty,
  truthLabel,
  type TruthLabel,
} from '../../runtime/messages/index.ts';
import type { NodeMessage } from '../../runtime/node-red/index.ts';

/** What of a message an evaluation is made of. */
export interface Parts {
  readonly id: string | undefined;
  readonly prediction: { readonly payload: unknown; readonly model: ModelIdentity } | undefined;
  readonly truth: TruthLabel | undefined;
}

/** A message with neither is a trigger. */
export function partsOf(message: NodeMessage, property: string): Parts {
  const { id, truth, model } = message;
  const payload = readProperty(message, property);
  const by = modelIdentity.safeParse(model).data;
  const predicted = by !== undefined && predictionPayload.safeParse(payload).success;
  return {
    id: typeof id === 'string' ? id : undefined,
    prediction: predicted ? { payload, model: by } : undefined,
    truth: truthLabel.safeParse(truth).data,
  };
}
