/** Test files in the order of how long they take: one that takes minutes and begins last is waited for by everything else. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest, as measured; the others by their size, as ever. */
const longest = [
  'pictures/pictures',
  'e2e/television',
  'contract/published',
  'e2e/patrol',
  'sheet/sheet',
  'e2e/fleet',
  'e2e/video-faults',
  'faults/kill',
  'e2e/walls',
  'e2e/wall.',
  'e2e/past',
  'contract/fleet',
  'e2e/console',
  'video/switchboard',
  'e2e/video.',
  'contract/people',
  'soak/count',
  'faults/write-faults',
  'e2e/remote',
  'kiosk/kiosk',
  'cameras/sources',
  'e2e/wall-seams',
]

function placeOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.includes(`/${name}`))
  return at < 0 ? longest.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
