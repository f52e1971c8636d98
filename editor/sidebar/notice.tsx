import { Refused } from '../gateway.ts';

/** What could not be done, in words. */
export interface Trouble {
  readonly text: string;
  readonly hint?: string;
}

export function troubleOf(error: unknown): Trouble {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof Refused && error.hint !== undefined ? { text, hint: error.hint } : { text };
}

/** Says it, and what to do. */
export function Notice({ trouble }: { readonly trouble: Trouble | undefined }) {
  return (
    <div role="alert">
      {trouble && (
        <div class="millrace-problem">
          <p>{trouble.text}</p>
          {trouble.hint !== undefined && <p class="millrace-hint">{trouble.hint}</p>}
        </div>
      )}
    </div>
  );
}
