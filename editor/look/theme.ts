/** Colours as the current theme has them. Node-RED 5 marks its dark theme by a class on <html>. */
const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls back when the theme has changed. @returns a function that ends it */
export function onThemeChange(listener: () => void): () => void {
  if (!observer) {
    const tell = () => listeners.forEach((each) => each());
    observer = new MutationObserver(tell);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
    // Custom themes may follow the system without telling.
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
  }
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The value of a CSS variable, for canvases, which know none. */
export const cssColour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888';

/** How many series colours there are; the next begin again. */
export const SERIES = 6;
export const seriesColour = (index: number): string => `--millrace-series-${(index % SERIES) + 1}`;
