/**
 * Which wavelets there are, as PyWavelets names them: Daubechies' with the least delay and, nearly symmetric, `sym`.
 * Safe in the browser.
 */
export const WAVELETS = [
  'haar',
  'db2',
  'db3',
  'db4',
  'db5',
  'db6',
  'db7',
  'db8',
  'sym4',
  'sym5',
  'sym6',
  'sym7',
  'sym8',
] as const;
export type Wavelet = (typeof WAVELETS)[number];
