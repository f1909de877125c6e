import { Worker } from 'node:worker_threads'
import { JournalCorrupt, type Verdict } from './journal.ts'

/**
 * Verifies a journal in a thread, since a long log takes as long to verify as to replay. Rejects with `JournalCorrupt`.
 * The thread reads the log as it is when it begins.
 */
export async function verifyBeside(file: string): Promise<void> {
  const thread = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: file })
  const verdict = await new Promise<Verdict>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  if (!verdict.ok) throw new JournalCorrupt(verdict.ordinal, verdict.reason)
}

/** Waits for the verdict on the log that `work` reads; whatever that throws over a damaged log is the damage's fault. */
export async function withVerdict<T>(verified: Promise<void>, work: () => T): Promise<T> {
  try {
    return work()
  } finally {
    await verified
  }
}
