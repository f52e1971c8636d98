import { WORDS } from '../look/words.ts';

/** What Node-RED's select of config nodes holds while none is chosen: it offers to add one. Saved is the empty text. */
export const NONE_CHOSEN = '_ADD_';

interface Choice {
  /** The select that Node-RED has made for a setting that refers to a config node. */
  readonly select: Element;
  /** The config node's type. */
  readonly type: string;
  /** What it means that none is chosen. */
  readonly none: string;
}

/**
 * Mends Node-RED's choice of a config node: it says what choosing none means, and its buttons work from the keyboard.
 *
 * @returns a function that ends it
 */
export function mendChoice({ select, type, none }: Choice): () => void {
  for (const [what, words] of Object.entries({ edit: WORDS.edit(type), add: WORDS.create(type) })) {
    const id = select.id.replace(/input-(.*)$/, `input-btn-$1-${what}`);
    const button = document.getElementById(id);
    if (button) openToKeyboard(button, words);
  }
  return nameNone(select, none);
}

/** Makes of Node-RED's `<a>` without an address what it looks like: a button. It goes when the dialog closes. */
function openToKeyboard(button: HTMLElement, words: string): void {
  button.tabIndex = 0;
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', words);
  button.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    button.click();
  });
}

/**
 * With ours, none chosen is a built-in default, where Node-RED says "none" or "Add new…". It makes the options anew
 * whenever a config node comes or goes.
 */
function nameNone(select: Element, name: string): () => void {
  const rename = () => {
    const option = select.querySelector(`option[value="${NONE_CHOSEN}"]`);
    if (option && option.textContent !== name) option.textContent = name;
  };
  rename();
  const observer = new MutationObserver(rename);
  observer.observe(select, { childList: true });
  return () => observer.disconnect();
}
