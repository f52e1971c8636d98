import { useEffect, useRef, useState } from 'preact/hooks';
import { type Trouble, troubleOf } from '../notice.tsx';

export interface Loaded<T> {
  readonly value?: T;
  readonly trouble?: Trouble;
}

/**
 * What `load` gives, asked for anew when `key` or `state` change; what was there stays until it has answered. One question at a
 * time, and where only the state is another no sooner than `spacing` ms after the last: it changes all the time while examples
 * come in.
 */
export function useLoaded<T>(load: () => Promise<T>, key: string, state = '', spacing = 0): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  const latest = useRef({ load, key, state, asked: '', of: '', last: -Infinity, busy: false, gone: false });
  latest.current.load = load;
  latest.current.key = key;
  latest.current.state = state;
  useEffect(() => {
    const now = latest.current;
    now.gone = false;
    return () => void (now.gone = true);
  }, []);
  useEffect(() => {
    const now = latest.current;
    const ask = () => {
      if (now.gone || now.busy || (now.asked === now.key && now.of === now.state)) return;
      now.busy = true;
      now.asked = now.key;
      now.of = now.state;
      now.last = performance.now();
      now
        .load()
        .then(
          (value) => now.gone || setLoaded({ value }),
          (error: unknown) => now.gone || setLoaded({ trouble: troubleOf(error) }),
        )
        .finally(() => {
          now.busy = false;
          if (now.asked !== now.key || now.of !== now.state) later();
        });
    };
    const wait = () => (now.asked === now.key ? Math.max(0, now.last + spacing - performance.now()) : 0);
    const later = () => setTimeout(ask, wait());
    const timer = later();
    return () => clearTimeout(timer);
  }, [key, state, spacing]);
  return loaded;
}
