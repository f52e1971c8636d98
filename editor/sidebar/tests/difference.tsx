/** What was expected and what was seen: the signs say it without their colours. */
export function Difference({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <pre class="millrace-difference">
      {lines.map((line, index) => (
        <span key={index} class={line.startsWith('-') ? 'millrace-expected' : 'millrace-seen'}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
