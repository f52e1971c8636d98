/** So few are sorted quicker by comparison. */
const FEW = 4096;
const DIGITS = 11;
const RADIX = 1 << DIGITS;

/** Sorts finite float32 numbers ascending, in place: by their bits where there are many. */
export function sortFloats(values: Float32Array): void {
  if (values.length < FEW) values.sort();
  else sortByBits(values);
}

// Three passes of a radix sort from the lowest digit on.
function sortByBits(values: Float32Array): void {
  const { length } = values;
  const bits = new Uint32Array(values.buffer, values.byteOffset, length);
  let from: Uint32Array = new Uint32Array(length);
  let to: Uint32Array = new Uint32Array(length);
  // Negative numbers are ordered by their bits backwards, and come first.
  for (let at = 0; at < length; at++) {
    const each = bits[at] as number;
    from[at] = each & 0x80000000 ? ~each : each | 0x80000000;
  }
  const places = new Uint32Array(RADIX);
  for (let shift = 0; shift < 32; shift += DIGITS) {
    places.fill(0);
    for (let at = 0; at < length; at++) {
      const digit = ((from[at] as number) >>> shift) & (RADIX - 1);
      places[digit] = (places[digit] as number) + 1;
    }
    for (let digit = 0, place = 0; digit < RADIX; digit++) {
      const count = places[digit] as number;
      places[digit] = place;
      place += count;
    }
    for (let at = 0; at < length; at++) {
      const key = from[at] as number;
      const digit = (key >>> shift) & (RADIX - 1);
      const place = places[digit] as number;
      to[place] = key;
      places[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  for (let at = 0; at < length; at++) {
    const key = from[at] as number;
    bits[at] = key & 0x80000000 ? key & 0x7fffffff : ~key;
  }
}
