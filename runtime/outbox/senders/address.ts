import type { Target } from '../schema.ts';
import { kindOf } from './kinds.ts';

/** How a target is named in messages: without secrets. */
export const addressOf = (target: Target): string => kindOf(target).address(target);
