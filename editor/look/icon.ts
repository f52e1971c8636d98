/** A mill wheel in its race, as a mask: Node-RED gives it the colour of the other tabs' icons. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><g fill="none" stroke="#000" stroke-width="1.7" stroke-linecap="round"><circle cx="10" cy="8" r="5.2"/><path d="M10 .9v14.2M2.9 8h14.2M5 3l10 10M15 3L5 13"/><path d="M1 17.6q2.25-2 4.5 0t4.5 0 4.5 0 4.5 0"/></g></svg>`;

export const ICON = `'data:image/svg+xml,${encodeURIComponent(SVG)}'`;
