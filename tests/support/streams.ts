/** `streams.yaml` of a relay under test. */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { branchA, branchB, branchC, cloudEvent, smallCounty } from './events.ts'

/** Cameras as the file has them; what all need and no test asks for is added. JSON is YAML. */
export function writeStreams(
  dataDir: string,
  cameras: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[],
  rest: Readonly<Record<string, unknown>> = {},
): void {
  const file = join(dataDir, 'streams.yaml')
  const whole = cameras.map((camera) => ({ organization: 'org-1', title: camera.id, ...camera }))
  writeFileSync(`${file}.new`, JSON.stringify({ cameras: whole, ...rest }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** A small county whose branches have these cameras live. */
export const liveSites = (cameras: readonly string[]): readonly Record<string, unknown>[] => {
  const branches = [branchA, branchB, branchC]
  return [
    ...smallCounty('谈文溪村党支部'),
    cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3600 }),
    ...cameras.map((stream, at) =>
      cloudEvent('stream.up', branches[at % 3] ?? branchA, { stream, title: '党群服务中心' }),
    ),
  ]
}

/** What a signature in the file looks like. */
export const signed = {
  publicDisplay: true,
  clearedBy: '县委组织部',
  clearedAt: '2026-06-18T09:00:00+08:00',
} as const
