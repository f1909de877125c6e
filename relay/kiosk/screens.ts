/** Switches all monitors of this machine on and off, by the X server's own signal. */
import { execFile } from 'node:child_process'

/** Where there is no X server, or one without power management, its sentence. */
export function switchScreens(isOn: boolean, say: (line: string) => void): void {
  execFile('xset', ['dpms', 'force', isOn ? 'on' : 'off'], (cause, _out, complaint) => {
    if (cause !== null)
      say(`monitors can't be switched ${isOn ? 'on' : 'off'}: ${complaint.trim() || cause.message}`)
  })
}
