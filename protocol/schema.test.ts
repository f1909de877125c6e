import SwaggerParser from '@apidevtools/swagger-parser'
import { Parser } from '@asyncapi/parser'
import { expect, test } from 'vitest'
import { asyncApi, openApi } from './schema.ts'

test('the OpenAPI document is valid and names every route', { timeout: 60_000 }, async () => {
  const document = JSON.parse(JSON.stringify(openApi())) as Parameters<
    typeof SwaggerParser.validate
  >[0]
  const valid = await SwaggerParser.validate(document)
  expect(Object.keys(valid.paths ?? {}).sort()).toEqual([
    '/asyncapi.json',
    '/healthz',
    '/metrics',
    '/openapi.json',
    '/readyz',
    '/v1/audit/{month}',
    '/v1/basemap/{county}/{z}/{x}/{y}',
    '/v1/branches/{id}',
    '/v1/connectors',
    '/v1/console/cameras',
    '/v1/console/cameras/{id}/clearance',
    '/v1/console/keys',
    '/v1/console/keys/{id}/revoke',
    '/v1/console/keys/{platform}/rotate',
    '/v1/console/pins',
    '/v1/console/platforms',
    '/v1/console/roster/template',
    '/v1/console/roster/{county}',
    '/v1/console/rules/{county}',
    '/v1/console/walls',
    '/v1/county',
    '/v1/county/{code}',
    '/v1/digests/{scope}',
    '/v1/figures/{scope}',
    '/v1/fleet/commands',
    '/v1/fleet/pairings/{code}',
    '/v1/fleet/pairings/{code}/refuse',
    '/v1/fleet/roll-out',
    '/v1/fleet/screens',
    '/v1/fleet/screens/{id}',
    '/v1/fleet/screens/{id}/commands',
    '/v1/fleet/screens/{id}/remove',
    '/v1/fleet/screens/{id}/revoke',
    '/v1/handling',
    '/v1/invitations/accept',
    '/v1/invitations/look',
    '/v1/me',
    '/v1/me/password',
    '/v1/me/sign-in',
    '/v1/me/sign-out',
    '/v1/me/totp',
    '/v1/me/totp/confirm',
    '/v1/me/totp/remove',
    '/v1/notices',
    '/v1/notices/{id}/end',
    '/v1/pair',
    '/v1/pair/join',
    '/v1/pair/token',
    '/v1/past/{scope}',
    '/v1/people',
    '/v1/people/{name}',
    '/v1/people/{name}/invite',
    '/v1/people/{name}/resume',
    '/v1/people/{name}/suspend',
    '/v1/platforms',
    '/v1/platforms/{platform}/events',
    '/v1/refusals',
    '/v1/roster/{county}',
    '/v1/screen',
    '/v1/snapshot/{scope}',
    '/v1/television/{county}',
    '/v1/video/{source}/index.m3u8',
    '/v1/video/{source}/still.jpg',
    '/v1/video/{source}/whep',
    '/v1/video/{source}/whep/{session}',
    '/v1/video/{source}/{part}',
  ])
})

test(
  'the AsyncAPI document is valid and names every message of the socket',
  { timeout: 60_000 },
  async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApi()))
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([])
    expect(
      document
        ?.messages()
        .map((message) => message.name())
        .sort(),
    ).toEqual([
      'agreed',
      'clock',
      'drawn',
      'heartbeat',
      'join',
      'patch',
      'pin',
      'pinned',
      'propose',
      'remote',
      'remote-end',
      'remote-join',
      'remote-joined',
      'remote-open',
      'remote-over',
      'seen',
      'shown',
      'steer',
      'subscribe',
      'subscribed',
      'video-message',
      'video-request',
    ])
  },
)
