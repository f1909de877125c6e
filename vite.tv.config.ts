/** The television's page: one bundle for engines from Chromium 49 on, beside what vite.config.ts builds. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import legacy from '@vitejs/plugin-legacy'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { compiledChecks } from './.ci/compiled-checks.ts'

const here = import.meta.dirname
const source = resolve(here, 'display/tv.html')
const outDir = resolve(here, 'dist/display')

/**
 * Leaves of both bundles the old one: engines from 61 to 104 would fetch both. The modern one is made all the same, since
 * only with it the styles become a file. And the line that starts the bundle goes into a file of its own, because the
 * pages' policy allows no script within them.
 */
function oneBundle(): Plugin {
  const part = (html: string, pattern: RegExp): string => {
    const found = pattern.exec(html)?.[1]
    if (found === undefined) throw new Error(`the built tv.html has nothing like ${pattern}`)
    return found
  }
  let hasFailed = false
  return {
    name: 'one-bundle',
    buildEnd(error) {
      hasFailed = error !== undefined
    },
    renderError() {
      hasFailed = true
    },
    closeBundle() {
      // It is called then as well, and a page that is missing would hide why.
      if (hasFailed) return
      const page = join(outDir, 'tv.html')
      const html = readFileSync(page, 'utf8')
      const styles = part(html, /<link rel="stylesheet"[^>]* href="([^"]+)"/)
      const polyfills = part(html, /id="vite-legacy-polyfill" src="([^"]+)"/)
      const entry = part(html, /id="vite-legacy-entry" data-src="([^"]+)"/)
      const start = part(html, /id="vite-legacy-entry"[^>]*>([^<]+)</)
      const modern = part(html, /<script type="module" crossorigin src="([^"]+)"/)
      for (const packed of ['', '.br', '.gz'])
        rmSync(join(outDir, modern + packed), { force: true })
      writeFileSync(join(outDir, 'assets/tv-start.js'), `${start}\n`)
      const tags = [
        `<link rel="stylesheet" href="${styles}" />`,
        `<script src="${polyfills}"></script>`,
        `<script id="vite-legacy-entry" data-src="${entry}" src="/assets/tv-start.js"></script>`,
      ]
      const module = /<script type="module".*<\/script>/
      writeFileSync(page, readFileSync(source, 'utf8').replace(module, tags.join('\n    ')))
    },
  }
}

export default defineConfig({
  root: resolve(here, 'display'),
  publicDir: false,
  plugins: [
    react(),
    compiledChecks(),
    legacy({ targets: ['chrome>=49'], modernPolyfills: false }),
    compression({ include: /\.(js|css)$/, algorithms: ['brotliCompress', 'gzip'] }),
    oneBundle(),
  ],
  build: {
    outDir,
    emptyOutDir: false,
    // Else the old bundle carries the styles as a script, which the policy forbids as well.
    cssCodeSplit: false,
    // What mangles names by default makes a white page of sloppy scripts (vitejs/vite#23296).
    minify: 'terser',
    cssTarget: 'chrome49',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { input: source, checks: { pluginTimings: false } },
  },
})
