import { type Observed, observed } from '../../live/observed.ts';
import { type Trouble, troubleOf } from '../notice.tsx';

type Value = string | number;

export interface WorldEdits {
  /** What was set and has not been seen to be so yet, by control. */
  readonly pending: Observed<Readonly<Record<string, Value>>>;
  /** Why the last of them could not be set. */
  readonly trouble: Observed<Trouble | undefined>;
  set(name: string, value: Value): void;
  /** The world is shown like this now. */
  seen(controls: readonly { readonly name: string; readonly value: Value }[]): void;
  close(): void;
}

/** ms: of a slider that is dragged, this many positions a second are sent. */
const SPACING = 120;
/** ms that a value is shown which the board never confirms. */
const PATIENCE = 3_000;

interface WorldEditsOptions {
  /** Asks the gateway to change the world. */
  send(world: Readonly<Record<string, Value>>): Promise<unknown>;
  /** Calls back after so many ms. @returns a function that prevents it */
  after(ms: number, call: () => void): () => void;
}

/** What a person sets of a virtual world: sent in turn, the newest only, and shown at once. */
export function createWorldEdits({ send, after }: WorldEditsOptions): WorldEdits {
  const pending = observed<Readonly<Record<string, Value>>>({});
  const trouble = observed<Trouble | undefined>(undefined);
  const forgetting = new Map<string, () => void>();
  let unsent: Record<string, Value> = {};
  let cancel: (() => void) | undefined;
  let busy = false;

  const forget = (names: readonly string[]) => {
    const left = names.filter((name) => name in pending.value && !(name in unsent));
    if (left.length === 0) return;
    for (const name of left) forgetting.get(name)?.();
    pending.set(Object.fromEntries(Object.entries(pending.value).filter(([name]) => !left.includes(name))));
  };

  const later = () => {
    if (cancel || busy) return;
    cancel = after(SPACING, () => {
      cancel = undefined;
      void flush();
    });
  };

  const flush = async () => {
    const sent = unsent;
    const names = Object.keys(sent);
    unsent = {};
    busy = true;
    try {
      await send(sent);
      trouble.set(undefined);
      for (const name of names) {
        forgetting.get(name)?.();
        forgetting.set(
          name,
          after(PATIENCE, () => forget([name])),
        );
      }
    } catch (error) {
      trouble.set(troubleOf(error));
      forget(names);
    }
    busy = false;
    if (Object.keys(unsent).length > 0) later();
  };

  return {
    pending,
    trouble,
    set(name, value) {
      unsent[name] = value;
      pending.set({ ...pending.value, [name]: value });
      later();
    },
    seen(controls) {
      // While a change is under way, what is seen may be older than it.
      if (busy) return;
      forget(controls.filter(({ name, value }) => pending.value[name] === value).map(({ name }) => name));
    },
    close() {
      cancel?.();
      for (const end of forgetting.values()) end();
    },
  };
}
