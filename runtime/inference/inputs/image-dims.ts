import type { ImageSettings } from '../../messages/index.ts';

export const channelCount = ({ colours }: ImageSettings) => (colours === 'grey' ? 1 : 3);

/** The dimensions of a picture as one row: with colours, without them where it is grey, or one list. */
export function imageDims(dimensions: number, settings: ImageSettings): number[] {
  const { width, height, layout } = settings;
  const channels = channelCount(settings);
  if (dimensions === 3) return layout === 'channels-first' ? [channels, height, width] : [height, width, channels];
  return dimensions === 2 && channels === 1 ? [height, width] : [width * height * channels];
}
