import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Pictures are asked for in steps of so many px, lest every pixel of a sidebar that is drawn wider be asked for. */
const STEP = 20;
const [LEAST, MOST] = [220, 1200];

/** How wide an element is, px. */
export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(320);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => {
      const { clientWidth } = element;
      if (clientWidth > 0) setWidth(Math.min(MOST, Math.max(LEAST, Math.floor(clientWidth / STEP) * STEP)));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [place]);
  return width;
}
