import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Impact = 'minor' | 'moderate' | 'serious' | 'critical'
const impacts: readonly Impact[] = ['minor', 'moderate', 'serious', 'critical']

/** Rules of axe that the page breaks, from `least` on. Evaluated, because the page's policy allows no foreign script. */
export async function barriers(page: Page, least: Impact = 'minor'): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: readonly {
            id: string
            impact: Impact
            nodes: readonly { html: string; failureSummary?: string }[]
          }[]
        }>
      }
    }
    return (await checker.run()).violations
  })
  return violations
    .filter(({ impact }) => impacts.indexOf(impact) >= impacts.indexOf(least))
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`,
      ),
    )
}
