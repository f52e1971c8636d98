import { z } from 'zod';
import { deployState, gatewayProblem, releaseFacts } from '../../messages/index.ts';
import { measure } from '../health/measure.ts';

export const STATE_FORMAT = 1;

export const SLOTS = ['a', 'b'] as const;
export type Slot = (typeof SLOTS)[number];

/** Ids of the release keys that the gateway trusted when it took a release; not known of one that an older Millrace took. */
const keys = z.array(z.string()).optional();

/** A release that held here: none that is older is taken, as long as one of its keys is trusted. */
export const floor = releaseFacts.extend({ keys });
export type Floor = z.output<typeof floor>;

/** A whole bundle in a slot. */
const slotRecord = z.object({
  release: releaseFacts,
  keys,
  /** It has held: it is one to go back to. */
  proven: z.boolean(),
  /** It kept failing after that, and was left for the other: nobody goes back to it by himself. */
  failed: z.boolean().default(false),
});
export type SlotRecord = z.output<typeof slotRecord>;

/** Everything about a gateway's bundles that must outlive the power. */
export const rolloutState = z.object({
  format: z.literal(STATE_FORMAT),
  state: deployState,
  /** What runs while nothing is being switched, and what is gone back to. */
  active: z.enum(SLOTS).optional(),
  /** A slot that is not named here holds nothing that may be used. */
  slots: z.object({ a: slotRecord.optional(), b: slotRecord.optional() }),
  /** Of the deploy that is under way. */
  candidate: z
    .object({
      release: releaseFacts,
      slot: z.enum(SLOTS),
      /** Counted before each. */
      starts: z.number().int().nonnegative(),
      /** How the one before it was: against which it is judged. */
      before: measure.optional(),
      /** What it was estimated to take. */
      estimate: z
        .object({
          memoryBytes: z.number().optional(),
          startMs: z.number().optional(),
          modelMs: z.number().optional(),
        })
        .optional(),
    })
    .optional(),
  /** The highest version that ever held here. */
  newest: floor.optional(),
  /** Of the active one, in a row. */
  failures: z.number().int().nonnegative(),
  /** Why the last deploy did not hold. */
  problem: gatewayProblem.optional(),
});
export type RolloutState = z.output<typeof rolloutState>;

export const EMPTY_STATE: RolloutState = { format: STATE_FORMAT, state: 'idle', slots: {}, failures: 0 };

export const otherSlot = (slot: Slot | undefined): Slot => (slot === 'a' ? 'b' : 'a');

/** The slot whose bundle is to run now. */
export function chosenSlot({ state, active, candidate }: RolloutState): Slot | undefined {
  const switched = state === 'switching' || state === 'probation' || state === 'committing';
  return switched && candidate ? candidate.slot : active;
}

/** From here on the slot holds nothing that may be used. */
export function withoutSlot(state: RolloutState, slot: Slot | undefined): RolloutState {
  if (slot === undefined) return state;
  const { [slot]: _, ...slots } = state.slots;
  return { ...state, slots };
}

/** The slot that may be gone back to from the active one. */
export function previousSlot({ active, slots, state, candidate }: RolloutState): Slot | undefined {
  if (active === undefined) return undefined;
  const other = otherSlot(active);
  // While a deploy is under way the other slot is its.
  if (state !== 'idle' || candidate) return undefined;
  return slots[other]?.proven === true ? other : undefined;
}
