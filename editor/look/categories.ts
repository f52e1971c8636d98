import type { Category, Palette } from '../../runtime/messages/index.ts';

/**
 * Fill of a node by its category. Node-RED writes near-black labels and white icons on it in both themes, so each is of
 * middle lightness; neighbours in the flow differ in lightness as well as hue, so that they can be told apart without
 * seeing colour.
 */
export const CATEGORY_COLOURS: Readonly<Record<Category, string>> = {
  sensors: '#35b79b',
  prepare: '#8cbcf2',
  'learn & predict': '#b08be6',
  monitor: '#f2b84b',
  cloud: '#a9b4c2',
};

export const colourOf = (category: Palette['category']): string | undefined =>
  category === 'config' ? undefined : CATEGORY_COLOURS[category];

/** Node-RED turns what is neither letter nor digit into `_` and shows that: the palette's header gets its words back. */
export function nameCategory(category: Palette['category']): void {
  const key = category.replace(/[^\w-]/g, '_');
  const header = document.getElementById(`red-ui-palette-header-${key}`)?.querySelector('span');
  if (header) header.textContent = category;
}
