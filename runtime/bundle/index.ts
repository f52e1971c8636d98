export type {
  AcceptanceRules,
  Bundle,
  BundleManifest,
  BundleModel,
  BundleNeeds,
  BundleNodePackage,
  BundleSetting,
  FlowNode,
  Release,
} from './types.ts';
