import { bytes as byteWords, microseconds } from '../../look/numbers.ts';

/** What a block takes of this machine. */
export function Cost({ micros, bytes }: { readonly micros: number | null; readonly bytes: number }) {
  return (
    <span class="millrace-cost">
      {microseconds(micros ?? NaN)} · {byteWords(bytes)}
    </span>
  );
}
