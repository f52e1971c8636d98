import { observed } from '../../live/observed.ts';

/** A bundle that is being made ready: what for, and for which gateway. */
export interface Making {
  readonly purpose: 'export' | 'deploy';
  readonly gateway?: string;
}

export const making = observed<Making | undefined>(undefined);
