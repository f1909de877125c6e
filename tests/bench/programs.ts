/** What programs cost together: a relay with those that it started, a browser with all of its processes. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { residentMb } from './measure.ts'

/** Programs that a process has started and that still run; Linux's /proc. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .flatMap((child) => (child === '' ? [] : [Number(child)])),
  )
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)

/** Of processes that may be gone by now. */
function sumOf(pids: readonly number[], read: (pid: number) => number): number {
  return sum(
    pids.map((pid) => {
      try {
        return read(pid)
      } catch {
        return 0
      }
    }),
  )
}

/** CPU seconds of its threads that still run, to the microsecond: what some programs take is less than a tick of `cpuSeconds`. */
function cpuOf(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((task) => {
    const [onCpu = ''] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')
    return Number(onCpu)
  })
  return sum(nanoseconds) / 1e9
}

/** CPU seconds of a process and of all that it has running. */
export const cpuOfEach = (pids: readonly number[]): number => sumOf(pids, cpuOf)
export const cpuOfAll = (pid: number): number => sumOf([pid, ...childrenOf(pid)], cpuOf)
export const memoryOfAll = (pid: number): number => sumOf([pid, ...childrenOf(pid)], residentMb)

interface BrowserProcesses {
  /** CPU seconds so far. */
  cpu(): Promise<number>
  /** Resident MB; pages that processes share count in each. */
  memory(): Promise<number>
}

export async function processesOf(browser: Browser): Promise<BrowserProcesses> {
  const session = await browser.newBrowserCDPSession()
  const processes = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo
  return {
    cpu: async () => sum((await processes()).map(({ cpuTime }) => cpuTime)),
    memory: async () =>
      sumOf(
        (await processes()).map(({ id }) => id),
        residentMb,
      ),
  }
}
