import { defineDialog } from '../../editor/index.ts';

/** What a stream is called on the canvas. */
function streamLabel({ streamFrom, stream, streamProperty }: Readonly<Record<string, unknown>>): unknown {
  if (streamFrom === 'topic') return 'by topic';
  return streamFrom === 'property' ? `by ${String(streamProperty)}` : stream;
}

export const dialog = defineDialog({
  label(node) {
    const stream = streamLabel(node);
    return typeof stream === 'string' && stream !== '' ? `upload ${stream}` : '';
  },
  prepare(form) {
    form.watch('streamFrom', (from) => {
      form.show('streamProperty', from === 'property');
      form.element('#upload-stream-label').textContent = form.text(
        from === 'name' ? 'label.stream' : 'label.otherwise',
      );
    });
    form.watch('keep', (keep) => form.element('#upload-forever').toggleAttribute('hidden', Number(keep) > 0));
  },
});
