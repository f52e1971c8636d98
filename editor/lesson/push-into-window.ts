/** px between the window's edge and what is pushed back into it. */
const MARGIN = 6;
/** ms until Node-RED has placed it. */
const PLACED = 120;

/** What points at something near the upper edge reaches beyond it: Node-RED mends that on the left only. */
export function pushIntoWindow(): void {
  setTimeout(() => {
    const popover = document.querySelector<HTMLElement>('.red-ui-tourGuide-popover');
    if (!popover) return;
    const pushed = Math.max(0, MARGIN - popover.offsetTop);
    if (pushed > 0) popover.style.top = `${MARGIN}px`;
    popover.style.setProperty('--millrace-lesson-pushed', `${pushed}px`);
  }, PLACED);
}
