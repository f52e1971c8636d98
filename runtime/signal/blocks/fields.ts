/** What the parameters of several blocks are made of. Safe in the browser. */
import { z } from 'zod';

export const MAX_CHANNELS = 64;

/** The channels that a block works on; each must be one of the recipe's. */
export const channelNames = z.array(z.string().min(1)).min(1).max(MAX_CHANNELS);
