/** Runs as a thread: verifies the journal `workerData` names over a connection of its own, and posts the verdict. */
import { parentPort, workerData } from 'node:worker_threads'
import { connectReader } from './connection.ts'
import { verifyChain } from './verify.ts'

const db = connectReader(String(workerData))
try {
  // One transaction: what is committed meanwhile is not looked at.
  db.exec('BEGIN')
  parentPort?.postMessage(verifyChain(db))
} finally {
  db.close()
}
