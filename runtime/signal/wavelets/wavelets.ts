/** Which wavelets there are. Safe in the browser. */
export const WAVELETS = ['haar', 'db2', 'db3', 'db4', 'db6', 'db8', 'sym4'] as const;
export type Wavelet = (typeof WAVELETS)[number];
