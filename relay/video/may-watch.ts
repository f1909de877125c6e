/** Who may see a camera. The only place that decides it, for pictures, lists, stills and WHEP alike. Pure. */
import { isInside, viewerOf, type Reach } from '../reach.ts'
import type { RegisteredCamera } from './registry/streams-file.ts'

/** Somebody signed for it, or it stands within the part of the tree that is one's own. */
export function mayWatch(
  reach: Reach,
  { county, organization, clearance }: RegisteredCamera,
  townshipOf: (organization: string) => string | null,
): boolean {
  if (clearance !== undefined) return true
  const viewer = viewerOf(reach, county)
  // Only a township's office asks where an organisation lies.
  return isInside(viewer, reach.audience === 'township' ? townshipOf(organization) : null)
}
