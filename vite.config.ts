import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Plugin } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { defineConfig } from 'vitest/config'
import { compiledChecks } from './.ci/compiled-checks.ts'
import { LongestFirst } from './.ci/longest-first.ts'

const here = import.meta.dirname
/** Set by "npm run dev", which knows where its relay listens. */
const relay = process.env['RELAY_URL'] ?? 'http://127.0.0.1:8080'

/** In development the pages answer at the paths at which the relay serves them. */
function pages(): Plugin {
  const paths: Record<string, string> = {
    '/': '/wall.html',
    '/gallery': '/gallery.html',
    '/console': '/console.html',
    '/pair': '/console.html',
    '/review': '/review.html',
    '/remote': '/remote.html',
    '/tv': '/tv.html',
    '/channel': '/channel.html',
  }
  return {
    name: 'pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const url = new URL(request.url ?? '/', relay)
        const page = paths[url.pathname]
        if (page !== undefined) request.url = page + url.search
        next()
      })
    },
  }
}

/** The television's page is built for other engines, so by itself, and into the same folder. */
function television(): Plugin {
  let hasFailed = false
  return {
    name: 'television',
    apply: 'build',
    buildEnd(error) {
      hasFailed = error !== undefined
    },
    async closeBundle() {
      if (hasFailed) return
      await build({ configFile: resolve(here, 'vite.tv.config.ts'), logLevel: 'warn' })
    },
  }
}

export default defineConfig({
  root: resolve(here, 'display'),
  publicDir: resolve(here, 'public'),
  plugins: [
    react(),
    pages(),
    compiledChecks(),
    // What relay/http/pages.ts serves in place of the file.
    compression({
      include: /\.(js|css|svg|json|geojson)$/,
      algorithms: ['brotliCompress', 'gzip'],
    }),
    television(),
  ],
  build: {
    outDir: resolve(here, 'dist/display'),
    emptyOutDir: true,
    target: 'chrome109',
    // The page's policy allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    // The console's largest part; the wall's own bound is what its bench measures.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: {
        wall: resolve(here, 'display/wall.html'),
        gallery: resolve(here, 'display/gallery.html'),
        console: resolve(here, 'display/console.html'),
        review: resolve(here, 'display/review.html'),
        remote: resolve(here, 'display/remote.html'),
        channel: resolve(here, 'display/channel.html'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/v1': { target: relay, ws: true },
      '/socket.io': { target: relay, ws: true },
      '/healthz': relay,
    },
  },
  test: {
    // One fewer than the cores unless told: on two cores that is one. Each waits for its browser and its relay half of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        root: here,
        test: {
          name: 'unit',
          // Nothing that they test keeps state in a module: one worker for many files halves the time.
          isolate: false,
          environment: 'node',
          include: ['{protocol,relay,mock-feeds,display}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        root: here,
        test: {
          name: 'wide',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
