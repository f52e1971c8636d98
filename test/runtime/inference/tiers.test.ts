import { holdsToConformance } from './conformance.ts';

holdsToConformance('native');
holdsToConformance('wasm');
