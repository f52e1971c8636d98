import { createFeatures, type FeatureMaker, type FeatureSource } from './features.ts';
import { createWindow } from './windows/create-window.ts';
import type { WindowAssembler, WindowSettings } from './windows/settings.ts';

/** What nodes use of this room, as the services hand it over. */
export interface Signal {
  /** @see createWindow */
  window(settings?: Partial<WindowSettings>): WindowAssembler;
  /** @see createFeatures */
  features(source: FeatureSource): FeatureMaker;
}

export const signal: Signal = { window: createWindow, features: createFeatures };
