/** What stands before the channel in the name of a feature, as the blocks of a recipe name them. */
const MEASURE = new RegExp(
  '^(?:' +
    [
      '(?:flat_)?(?:peak_to_peak|mean|std|rms|min|max|median|peak|crest|skewness|kurtosis)',
      '(?:band|spectrum)_[\\d.]+_[\\d.]+',
      '(?:signal|spectrum)_(?:rms|skewness|kurtosis)',
      '(?:psd|fft)_[\\d.]+',
      '(?:mfcc|mfe)_\\d+(?:_std|_frame_\\d+)?',
      'wavelet_[ad]\\d+_[a-z]+',
      'peaks_(?:count|height|interval|prominence)',
      'zero_crossings|zero_crossing_rate',
    ].join('|') +
    ')_(?=.)',
);

/** Measures that lie where the channel's values lie. Others tell how they vary, and may grow many times over. */
const PLACE = /^(?:flat_)?(?:mean|median|min|max)_/;

/**
 * The channel that a feature was made from; a name that no recipe gives is a channel's own.
 *
 * @example
 * channelOf('band_8_12_x'); // 'x'
 * channelOf('mean_motor_temperature'); // 'motor_temperature'
 * channelOf('temperature'); // 'temperature'
 */
export const channelOf = (feature: string): string => feature.replace(MEASURE, '');

/** Whether a value of this feature is one that the sensor itself could show. */
export const showsPlace = (feature: string): boolean => PLACE.test(feature) || channelOf(feature) === feature;
