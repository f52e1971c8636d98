import { useEffect, useRef, useState } from 'preact/hooks';
import { type Trouble, troubleOf } from '../notice.tsx';

export interface Loaded<T> {
  readonly value?: T;
  readonly trouble?: Trouble;
}

/**
 * What `load` gives, asked for anew when `key` changes; what was there stays until it has answered. One question at a time, and
 * no sooner than `spacing` ms after the last: while examples come in the key changes all the time.
 */
export function useLoaded<T>(load: () => Promise<T>, key: string, spacing = 0): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  const latest = useRef({ load, key, asked: '', last: -Infinity, busy: false, gone: false });
  latest.current.load = load;
  latest.current.key = key;
  useEffect(() => {
    const now = latest.current;
    now.gone = false;
    return () => void (now.gone = true);
  }, []);
  useEffect(() => {
    const now = latest.current;
    const ask = () => {
      if (now.gone || now.busy || now.asked === now.key) return;
      now.busy = true;
      now.asked = now.key;
      now.last = performance.now();
      now
        .load()
        .then(
          (value) => now.gone || setLoaded({ value }),
          (error: unknown) => now.gone || setLoaded({ trouble: troubleOf(error) }),
        )
        .finally(() => {
          now.busy = false;
          if (now.asked !== now.key) later();
        });
    };
    const later = () => setTimeout(ask, Math.max(0, now.last + spacing - performance.now()));
    const timer = later();
    return () => clearTimeout(timer);
  }, [key, spacing]);
  return loaded;
}
