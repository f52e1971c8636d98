import type { BundleManifest } from '../../bundle/index.ts';
import type { MillraceError } from '../../base/index.ts';
import type { BoardProfile, Vitals } from '../../messages/index.ts';
import type { Log } from '../log.ts';

export interface BundleRunOptions {
  /** An unpacked bundle whose files were checked. Only read. */
  readonly directory: string;
  /** What lies beside it: outbox, registry, data sets, keys, `settings.env`. */
  readonly userDir: string;
  /** Another file with settings than the user directory's. */
  readonly settingsFile?: string;
  /** Listens there for what the flow serves and for `/metrics`. Default: only if the flow serves HTTP, on 1880. */
  readonly port?: number;
  /** Default 127.0.0.1. Another than loopback needs an admin password. */
  readonly host?: string;
  readonly log: Log;
  /** Told what is done before the flow runs, in words. */
  readonly progress?: (what: string) => void;
  /** Bytes resident at which the run is to end in order. Default: no ceiling. */
  readonly memoryCeiling?: number;
  /** Called once when the ceiling is reached: the caller stops the run. */
  readonly onMemory?: (error: MillraceError) => void;
}

export interface RunningBundle {
  readonly manifest: BundleManifest;
  /** Of what the flow serves; none where it serves nothing and no port was asked for. */
  readonly url: string | undefined;
  /** How it is now; `lag` since the call before. */
  vitals(): Vitals;
  /** Of the real boards that are connected. */
  boards(): readonly BoardProfile[];
  /** Drains and stops, as `RunningServer.stop` does. */
  stop(patience?: number): Promise<boolean>;
}
