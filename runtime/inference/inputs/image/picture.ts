/** A decoded picture that gives its lines one by one, so that a large one is never held as fractions. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /**
   * Writes one line: red, green and blue of each pixel, from 0 to 255; what is transparent is laid over white.
   *
   * @param into `3 * width` values
   */
  line(y: number, into: Float64Array): void;
}

/**
 * @param data     row by row, `channels` values a pixel
 * @param channels 1 grey · 2 grey and alpha · 3 red, green, blue · 4 and alpha
 * @param full     the value of white: 255, or 65535
 */
export function pictureOf(
  { width, height }: { readonly width: number; readonly height: number },
  data: ArrayLike<number>,
  channels: number,
  full = 255,
): Picture {
  const grey = channels < 3;
  const alpha = channels === 2 || channels === 4;
  const scale = 255 / full;
  return {
    width,
    height,
    line(y, into) {
      let at = y * width * channels;
      for (let to = 0; to < 3 * width; to += 3, at += channels) {
        const share = alpha ? (data[at + channels - 1] ?? 0) / full : 1;
        const white = 255 * (1 - share);
        const red = (data[at] ?? 0) * scale * share + white;
        into[to] = red;
        into[to + 1] = grey ? red : (data[at + 1] ?? 0) * scale * share + white;
        into[to + 2] = grey ? red : (data[at + 2] ?? 0) * scale * share + white;
      }
    },
  };
}
