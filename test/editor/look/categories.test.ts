import { describe, expect, it } from 'vitest';
import { CATEGORY_COLOURS } from '../../../editor/look/categories.ts';
import { CATEGORIES } from '../../../runtime/messages/index.ts';

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe('the colours of categories', () => {
  it('are there for each category, and differ', () => {
    expect(Object.keys(CATEGORY_COLOURS)).toEqual([...CATEGORIES]);
    expect(new Set(Object.values(CATEGORY_COLOURS)).size).toBe(CATEGORIES.length);
  });

  // Node-RED's labels are #333 in the light theme and #191919 in the dark one; its canvas is #fff and #0e0e12.
  it.each(Object.entries(CATEGORY_COLOURS))('let a label on "%s" be read in both themes', (_, colour) => {
    expect(contrast(colour, '#333333')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, '#191919')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, '#0e0e12')).toBeGreaterThanOrEqual(3);
  });
});
