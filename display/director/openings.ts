/** What a widget may ask of the director, and what the scene around it is about. */
import { createContext, useContext } from 'react'

export interface Openings {
  openBranch(id: string): void
  openTownship(code: string): void
  goBack(): void
  /** To the large picture of this wall, and to the scene that has it; null lets go. */
  pinCamera(id: string | null): void
}

const nothing = (): void => undefined
const OpeningsContext = createContext<Openings>({
  openBranch: nothing,
  openTownship: nothing,
  goBack: nothing,
  pinCamera: nothing,
})
export const OpeningsProvider = OpeningsContext.Provider
export function useOpenings(): Openings {
  return useContext(OpeningsContext)
}

/** The township's code in `township/431128101`; null in a scene of the whole county. */
const SubjectContext = createContext<string | null>(null)
export const SubjectProvider = SubjectContext.Provider
export function useSubject(): string | null {
  return useContext(SubjectContext)
}
