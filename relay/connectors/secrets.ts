import { readFileSync } from 'node:fs'
import type { Config, Secret } from './config.ts'

/** The secrets of `platforms.yaml`, looked up once at the start. */
export interface Secrets {
  read(secret: Secret): string
  /** The text with every secret replaced: drivers quote what they were given in their errors. */
  redact(text: string): string
}

type Fail = (path: readonly (string | number)[], sentence: string) => never

/** Calls `fail` with the place of a secret that cannot be found. */
export function secretsOf(
  env: Readonly<Record<string, string | undefined>>,
  connectors: readonly Config[],
  fail: Fail = (_path, sentence) => {
    throw new Error(sentence)
  },
): Secrets {
  const found = new Map<Secret, string>()
  connectors.forEach((config, index) => {
    const path = ['connectors', index]
    if ('password' in config && config.password !== undefined)
      found.set(config.password, lookUp(env, config.password, [...path, 'password'], fail))
    if ('headers' in config)
      for (const [name, value] of Object.entries(config.headers ?? {}))
        if (typeof value !== 'string')
          found.set(value, lookUp(env, value, [...path, 'headers', name], fail))
  })
  // The longest first, so that a secret within another does not leave half of it.
  const values = [...found.values()].toSorted((a, b) => b.length - a.length)
  return {
    read(secret) {
      const value = found.get(secret)
      if (value === undefined) throw new Error('a secret that is not of this configuration')
      return `${secret.prefix ?? ''}${value}`
    },
    redact: (text) => values.reduce((clean, value) => clean.replaceAll(value, '•••'), text),
  }
}

function lookUp(
  env: Readonly<Record<string, string | undefined>>,
  secret: Secret,
  path: readonly (string | number)[],
  fail: Fail,
): string {
  if ((secret.env === undefined) === (secret.file === undefined))
    fail(path, 'write either { env: NAME } or { file: /path }')
  if (secret.env !== undefined) {
    const value = env[secret.env]
    if (value === undefined || value === '')
      fail(
        [...path, 'env'],
        `the environment variable ${secret.env} is not set; set it for the relay`,
      )
    return value
  }
  const file = secret.file ?? ''
  try {
    const value = readFileSync(file, 'utf8').trim()
    if (value !== '') return value
  } catch {
    // Told below, without the system's own words: the remedy is the same.
  }
  return fail(
    [...path, 'file'],
    `${file} is empty or can't be read; write the secret into it, readable by the relay's user`,
  )
}
