/** Text of SVG or HTML, in which everything that came from outside is escaped. */
export type Markup = string & { readonly markup: unique symbol };

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// eslint-disable-next-line no-control-regex -- XML has no room for them
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/**
 * What a person wrote, as it may stand in markup.
 *
 * @example
 * text('a<b & "c"'); // 'a&lt;b &amp; &quot;c&quot;'
 */
export const text = (plain: string): Markup =>
  plain.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? sign) as Markup;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** HTML's elements that have no end tag. */
const VOID = new Set(['meta', 'br', 'hr', 'img']);

/**
 * An element; an attribute that is undefined is left out.
 *
 * @example
 * element('text', { x: 3 }, text('a<b')); // '<text x="3">a&lt;b</text>'
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Markup[]): Markup {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${text(String(value))}"`);
  const open = `<${name}${said.join('')}`;
  return (VOID.has(name) ? `${open}>` : `${open}>${children.join('')}</${name}>`) as Markup;
}

/** Several beside each other. */
export const together = (...parts: readonly Markup[]): Markup => parts.join('') as Markup;

export const NOTHING = '' as Markup;
