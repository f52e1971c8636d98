import { z } from 'zod';
import { BUNDLE_FORMAT } from './names.ts';
import { strayProblem } from './safe-path.ts';
import type { BundleManifest, Release } from './types.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
const bytes = z.number().int().nonnegative();
const port = z.number().int().min(0).max(65_535);

const needs = z.object({
  nodeTypes: z.array(z.string()),
  models: z.array(
    z.object({
      name: z.string(),
      digest: sha256,
      bytes,
      compiled: z.boolean(),
      rate: z.number().nonnegative().exactOptional(),
    }),
  ),
  nativeLibraries: z.array(z.string()),
  diskBytes: bytes,
  boards: z.array(
    z.object({
      node: z.string(),
      name: z.string(),
      kind: z.string(),
      port: z.string().exactOptional(),
      features: z.array(z.string()),
      baud: z.number().int().positive().exactOptional(),
      pins: z.array(z.object({ pin: z.string(), use: z.string() })).exactOptional(),
    }),
  ),
  ports: z.array(port),
  brokerPorts: z.array(port).exactOptional(),
  allowed: z.array(z.string()),
});

const isModulePath = (path: string) => /^node_modules\/[^.]/.test(path) && strayProblem(path) === undefined;

/** `bundle.json`. What a later version adds is let through unseen: what it cannot do without raises the format. */
export const manifestSchema: z.ZodType<BundleManifest> = z.object({
  format: z.literal(BUNDLE_FORMAT),
  name: z.string().min(1).max(64),
  runtime: z.string().regex(/^\d+\.\d+\.\d+(-[\w.-]+)?$/, 'must be a version such as 0.1.0'),
  architectures: z.array(z.string()).min(1),
  tabs: z.array(z.object({ id: z.string(), label: z.string(), file: z.string() })),
  models: z.array(
    z.object({
      name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" and "-"'),
      version: z.string().min(1),
      digest: sha256,
      references: z.array(z.string()),
    }),
  ),
  localAliases: z.array(z.string()),
  settings: z.array(
    z.object({
      name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable'),
      secret: z.boolean(),
      use: z.string(),
      credential: z.object({ node: z.string(), field: z.string() }).exactOptional(),
    }),
  ),
  packages: z.array(
    z.object({
      name: z
        .string()
        .regex(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i, 'must be the name of a package'),
      version: z.string().min(1),
      tarball: z.string(),
      path: z.string().refine((path) => isModulePath(path), 'must be a path such as node_modules/NAME'),
      integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'must be a SHA-512 as npm has it'),
      native: z.boolean(),
    }),
  ),
  tests: z.array(z.string()),
  needs,
  files: z.record(z.string(), z.object({ bytes, sha256 })),
});

/** The signed payload. */
export const releaseSchema: z.ZodType<Release> = z.object({
  format: z.literal(BUNDLE_FORMAT),
  type: z.literal('millrace-release'),
  version: z.number().int().nonnegative(),
  issued: z.number(),
  expires: z.number(),
  group: z.string().min(1),
  manifest: manifestSchema,
});

/** Of two texts that mean the same bytes only one is right: nothing in a signed bundle can be another way. */
const base64 = z.string().refine((text) => Buffer.from(text, 'base64').toString('base64') === text, 'must be base64');

/** How a DSSE envelope looks in JSON; whose signature counts is another question. */
export const envelopeSchema = z.object({
  payloadType: z.string(),
  payload: base64,
  signatures: z.array(z.object({ keyid: z.string(), sig: base64 })).max(32),
});
