export { documentName, isOurs } from './document-name.ts';
export { COLUMNS } from './columns.ts';
export { type DocumentSettings, encodeBatch, type EncodedDocument } from './encode-batch.ts';
export { extensionOf, formatOf } from './extension.ts';
