/** The systemd unit of a gateway. */

export interface UnitOptions {
  /** Node.js, its options, the script: what `gateway start` is said to. */
  readonly command: readonly string[];
  readonly user: string;
  readonly userDir: string;
  /** More options of `gateway start`. */
  readonly startArgs: readonly string[];
  /** Bytes. */
  readonly maxMemory: number;
  /** Folders that the service must be able to read although they are of people: where Node.js or Millrace lies. */
  readonly needsHome: boolean;
}

/** Where systemd makes the folder itself, and gives it to the user. */
export const STATE_FOLDER = '/var/lib/millrace';

/**
 * The unit's text. The service may write its user directory and nothing else, gains no rights, sees serial ports and no other
 * device, and is started again for ever. It has no WatchdogSec: systemd is answered through a Unix datagram socket, which Node.js
 * does not open; the supervisor itself watches the flow, where nodes and models may hang.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
 */
export function gatewayUnit(options: UnitOptions): string {
  const { command, user, userDir, startArgs, maxMemory, needsHome } = options;
  const start = [...command, 'gateway', 'start', '--user-dir', userDir, ...startArgs];
  return `[Unit]
Description=Millrace gateway
Documentation=https://www.npmjs.com/package/millrace-studio
# It works without a network, so it waits for none.
After=local-fs.target
# However often it ends: it is never given up.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${start.map(quoted).join(' ')}
User=${user}
# Serial ports.
SupplementaryGroups=dialout
Restart=always
RestartSec=5
# The flow finishes its messages: the supervisor tells it to, and waits.
KillMode=mixed
TimeoutStopSec=60

${userDir === STATE_FOLDER ? `StateDirectory=${STATE_FOLDER.split('/').at(-1) ?? ''}\nStateDirectoryMode=0700` : `ReadWritePaths=${quoted(userDir)}`}
WorkingDirectory=${userDir.replaceAll('%', '%%')}
UMask=0077

# The flow is started anew before this is reached; if the kernel still ends it, the supervisor lives on.
MemoryMax=${Math.round(maxMemory / 2 ** 20)}M
OOMPolicy=continue

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=${needsHome ? 'read-only' : 'yes'}
PrivateTmp=yes
DevicePolicy=closed
DeviceAllow=char-ttyUSB rw
DeviceAllow=char-ttyACM rw
DeviceAllow=char-ttyAMA rw
DeviceAllow=char-ttyS rw
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}

/** As systemd reads a command line: specifiers and variables are doubled, what has a space stands in quotes. */
function quoted(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
