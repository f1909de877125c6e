/** Work too long for one turn of the loop: one job after the other, in slices, with a rest as long as each slice between them. */
export interface Slices<Job> {
  add(job: Job): void
  /** Waits or is half done. */
  has(job: Job): boolean
  /** Resolves when no job is left: at once, or when the last ends. */
  calm(): Promise<void>
  stop(): void
}

export interface Work<Job> {
  /** Of several jobs the lightest goes first, so that the heaviest keeps nobody waiting. */
  readonly weigh: (job: Job) => number
  /** One short step; true after the last. */
  readonly step: (job: Job) => boolean
  readonly finish: (job: Job) => void
  /** How long steps are done in one turn. */
  readonly sliceMs: number
  /** Milliseconds that only grow. */
  readonly clock: () => number
}

export function createSlices<Job>({ weigh, step, finish, sliceMs, clock }: Work<Job>): Slices<Job> {
  const waiting = new Set<Job>()
  let current: Job | undefined
  const listeners: (() => void)[] = []
  let turn: NodeJS.Timeout | undefined

  function lightest(): Job | undefined {
    let found: { readonly job: Job; readonly weight: number } | undefined
    for (const job of waiting) {
      const weight = weigh(job)
      if (found === undefined || weight < found.weight) found = { job, weight }
    }
    return found?.job
  }

  function run(): void {
    const from = clock()
    current ??= lightest()
    if (current !== undefined) work(current, from)
    turn = waiting.size > 0 ? setTimeout(run, clock() - from) : undefined
  }

  function work(job: Job, from: number): void {
    let isDone = false
    do isDone = step(job)
    while (!isDone && clock() - from < sliceMs)
    if (isDone) end(job)
  }

  function end(job: Job): void {
    current = undefined
    waiting.delete(job)
    finish(job)
    for (const resolve of listeners.splice(0)) resolve()
  }

  function ended(): Promise<void> {
    return new Promise((resolve) => listeners.push(resolve))
  }

  return {
    add(job) {
      waiting.add(job)
      turn ??= setTimeout(run, 0)
    },
    has: (job) => waiting.has(job),
    async calm() {
      while (waiting.size > 0) await ended()
    },
    stop: () => clearTimeout(turn),
  }
}
