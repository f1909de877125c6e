/** The systemd unit of a kiosk machine: an X server with openbox and nothing else, and in it this kiosk. */

export interface UnitOptions {
  /** Who is logged in on the wall's machine. */
  readonly user: string
  /** Of this project. */
  readonly folder: string
  /** `kiosk.yaml` */
  readonly file: string
  /** Command of Node. */
  readonly node: string
}

/** systemd takes what stands in double quotes as one word, and % for itself. */
const word = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`

/** `/etc/systemd/system/flagwall-kiosk.service` */
export function unitOf({ user, folder, file, node }: UnitOptions): string {
  const session = `${folder}/relay/kiosk/session.sh`
  return `[Unit]
Description=Flagwall kiosk
After=systemd-user-sessions.service network.target
Conflicts=getty@tty1.service
After=getty@tty1.service

[Service]
User=${user}
PAMName=login
TTYPath=/dev/tty1
StandardInput=tty
StandardOutput=journal
WorkingDirectory=${folder}
ExecStart=/usr/bin/xinit ${word(session)} ${word(node)} ${word(file)} -- :0 vt1 -nolisten tcp -nocursor
Restart=always
RestartSec=2
StartLimitIntervalSec=0
# Whatever takes all memory is started anew, not the machine.
OOMPolicy=continue
KillMode=mixed
TimeoutStopSec=10

[Install]
WantedBy=multi-user.target
`
}
