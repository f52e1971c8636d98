export type {
  AcceptanceRules,
  Bundle,
  BundleManifest,
  BundleModel,
  BundleNeeds,
  BundleNodePackage,
  BundleSetting,
  FlowNode,
  OpenBundle,
  Release,
} from './types.ts';
export { canonicalLine, canonicalText } from './sorted-json.ts';
export { splitFlow } from './flow/split-flow.ts';
export type { SplitFlow } from './flow/split-flow.ts';
export { joinFlow } from './flow/join-flow.ts';
export { writeTar } from './tar/write-tar.ts';
export type { TarEntry } from './tar/write-tar.ts';
export { packBundle, previewBundle } from './pack/when-asked.ts';
export { installedTypes, typesIn } from './pack/packages/installed-types.ts';
export { countersignBundle, statedSigners } from './pack/countersign-bundle.ts';
export type { CountersignOptions } from './pack/countersign-bundle.ts';
export { signBundle, signRelease, versionAt } from './pack/sign-bundle.ts';
export type { SignedRelease, SignOptions } from './pack/sign-bundle.ts';
export type { Credentials, PackedBundle, PackedRecording, PackOptions, TestFile } from './pack/options.ts';
export { BUNDLE_FORMAT, MANIFEST_FILE, MODULES_FOLDER, RELEASE_FILE, RELEASE_TYPE } from './names.ts';
export { FUNCTION_MODULES, offTypes } from './off-on-device.ts';
export { parseBundle } from './parse-bundle.ts';
export { readBundle } from './read/read-bundle.ts';
export { checkContents, checkUnpacked } from './read/check-contents.ts';
export { assembleBundle, unpackBundle } from './unpack/unpack-bundle.ts';
export type { UnpackOptions } from './unpack/unpack-bundle.ts';
export { removeBundle } from './unpack/folders.ts';
export { modelsOf } from './models-of.ts';
export type { BundleModels } from './models-of.ts';
export { acceptRelease } from './accept/accept-release.ts';
export { checkAccepted } from './accept/check-accepted.ts';
export { statedRelease } from './accept/verify-release.ts';
export { flowOf } from './flow-of.ts';
export { installPackages } from './packages/install-packages.ts';
export { linkPackages } from './packages/link-packages.ts';
export type { InstallOptions } from './packages/install-packages.ts';
export { diffBundles } from './diff/diff-bundles.ts';
export type { BundleDiff, Change, DiffPart } from './diff/types.ts';
export { OLDEST_RUNTIME } from './oldest-runtime.ts';
