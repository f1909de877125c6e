import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { xintian } from '../platforms/xintian.ts'
import { kinds } from './config.ts'
import { ConfigError, parseConnectors } from './config-file.ts'
import { fill } from './template.ts'

const env = { GRID_PASSWORD: 'hunter2-hunter2' }
const parse = (text: string) =>
  parseConnectors(text, '/srv/platforms.yaml', {
    env,
    hasAdapter: (platform) => platform === 'xintian',
  })

const table = `connectors:
  - name: grid-table
    platform: xintian
    kind: table
    server: postgresql
    host: 127.0.0.1
    database: exchange
    user: flagwall
    password: { env: GRID_PASSWORD }
    table: public.outbox
    mark: { updatedAt: changed_at, id: id }
    body:
      areaCode: "431128"
      list: [{ msgId: "{id}", payload: "{payload|json}" }]
`

function complaintOf(text: string): string {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'no complaint'
}

test('a good file is read, and its secrets are looked up once', () => {
  const { connectors, secrets } = parse(table)
  expect(connectors.map(({ name, kind }) => [name, kind])).toEqual([['grid-table', 'table']])
  const [config] = connectors
  if (config?.kind !== 'table' || config.password === undefined) throw new Error('no table')
  expect(secrets.read(config.password)).toBe('hunter2-hunter2')
  expect(secrets.redact('password "hunter2-hunter2" failed')).toBe('password "•••" failed')
})

test.each([
  [
    'a word for a number',
    ['    table: public', '    port: high\n    table: public'],
    10,
    5,
    /port: write a port from 1 to 65535/,
  ],
  [
    'an unknown key',
    ['    user: flagwall', '    usr: flagwall'],
    8,
    5,
    /usr: this key is not known here; table takes server, host/,
  ],
  ['a missing key', ['    host: 127.0.0.1\n', ''], 2, 5, /host is missing; write the host name/],
  [
    'a kind that there is not',
    ['kind: table', 'kind: ftp'],
    4,
    5,
    /kind: write one of push, poll, table, folder, mqtt, kafka/,
  ],
  [
    'a password in the file',
    ['{ env: GRID_PASSWORD }', 'hunter2-hunter2'],
    9,
    5,
    /password: write where the secret is kept, \{ env: NAME \}/,
  ],
  [
    'a variable that is not set',
    ['GRID_PASSWORD', 'GRID_PASWORD'],
    9,
    17,
    /the environment variable GRID_PASWORD is not set/,
  ],
  [
    'a platform without an adapter',
    ['platform: xintian', 'platform: xintain'],
    3,
    5,
    /"xintain" has no file in relay\/platforms\//,
  ],
  [
    'a form of a value that there is not',
    ['|json', '|jsno'],
    14,
    31,
    /body\.list\[1\]\.payload: "\|jsno" is not known; write \{column\}/,
  ],
  ['a tab', ['    host', '\thost'], 6, 1, /this is not YAML .* spaces for indentation/],
  [
    'a key twice',
    ['    user: flagwall', '    user: flagwall\n    user: other'],
    9,
    5,
    /not YAML \(Map keys must be unique\)/,
  ],
] as const)(
  '%s is told with file, line, column and what to write',
  (_name, [from, to], line, column, sentence) => {
    const message = complaintOf(table.replace(from, to))
    expect(message).toMatch(sentence)
    expect(message).toContain(`/srv/platforms.yaml, line ${line}, column ${column}: `)
    expect(message).not.toContain('hunter2')
  },
)

test.each([
  ['nothing at all', '', /write connectors: and under it a list/],
  ['another root', 'platforms: []', /write connectors: and under it a list/],
  [
    'a root key more',
    'connectors: []\ncounty: 1',
    /line 2, column 1: county: this key is not known/,
  ],
  [
    'a name twice',
    `${table}${table.slice(table.indexOf('\n') + 1)}`,
    /line 15, column 5: .*"grid-table" is taken/,
  ],
])('%s is refused', (_name, text, sentence) => {
  expect(complaintOf(text)).toMatch(sentence)
})

test('the file that the page shows is a good one', () => {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const [, shown = ''] = /```yaml\n([^]*?)```/.exec(page) ?? []
  const secrets = { GRID_TOKEN: 'a-token', GRID_PASSWORD: 'a-password' }
  const { connectors } = parseConnectors(
    shown.replace('{ file: /run/secrets/mqtt }', '{ env: GRID_PASSWORD }'),
    'README.md',
    { env: secrets, hasAdapter: (platform) => platform === 'xintian' },
  )
  expect(connectors.map(({ kind }) => kind)).toEqual(kinds)
  const common = { ver: 1, czlx: 'xz', occur_time: '2026-06-01 09:00:00+08', org_code: 'z1' }
  const rows = [
    { ...common, msg_id: 'm1', msg_type: 'JFBD', payload: { fz: '5', jfly: 'QD' } },
    { 编号: 'm2', 组织编码: 'z1', 时间: '2026-06-01 09:00', 分值: '5', 来源: 'QD' },
  ]
  // What the page shows must be what the platform's file reads.
  const bodies = connectors.flatMap((config) =>
    'body' in config && config.body !== undefined ? [config.body] : [],
  )
  expect(bodies).toHaveLength(rows.length)
  bodies.forEach((body, index) => {
    const filled = fill(body, rows[index] ?? {})
    const items = filled.ok ? xintian.read(filled.body).items : [filled]
    expect(items.map((item) => (item.ok ? 'ok' : item.reason))).toEqual(['ok'])
  })
})

const poll = (url: string) => `connectors:
  - { name: p, platform: xintian, kind: poll, url: "${url}", cursor: /next, items: /list }
`

test('an address must say where the cursor goes, and holds no password', () => {
  expect(complaintOf(poll('https://h/x?after={cursor}'))).toBe('no complaint')
  expect(complaintOf(poll('https://h/x'))).toMatch(/write \{cursor\} where the cursor goes/)
  expect(complaintOf(poll('ftp://h/{cursor}'))).toMatch(/begins with http:\/\/ or https:\/\//)
  const told = complaintOf(poll('https://me:geheim@h/{cursor}'))
  expect(told).toMatch(/take the user and the password out of the address/)
  expect(told).not.toContain('geheim')
})
