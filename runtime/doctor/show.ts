/** Sizes and times in words. */
export const show = {
  /** `12.5 MB` */
  bytes(bytes: number): string {
    if (bytes < 1000) return `${Math.round(bytes)} B`;
    const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
    return `${Number(value.toPrecision(3))} ${unit}`;
  },
  /** `27 µs`, `1.4 ms` */
  micro(micro: number): string {
    return micro < 1000 ? `${Number(micro.toPrecision(2))} µs` : `${Number((micro / 1000).toPrecision(2))} ms`;
  },
};
