import { expect, it } from 'vitest'
import { reachableHosts } from './reachable.ts'

const of = (address: string, internal = false) => ({
  address,
  internal,
  family: address.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
  netmask: '',
  mac: '',
  cidr: null,
  scopeid: 0,
})
const interfaces = {
  lo: [of('127.0.0.1', true), of('::1', true)],
  docker0: [of('172.17.0.1')],
  eth0: [of('fd00::2'), of('fe80::1'), of('192.168.1.20')],
}

it('names where a phone reaches the relay, the likeliest first', () => {
  expect(reachableHosts('0.0.0.0', interfaces)).toEqual(['192.168.1.20', '172.17.0.1'])
  expect(reachableHosts('::', interfaces)).toEqual(['192.168.1.20', '[fd00::2]', '172.17.0.1'])
  expect(reachableHosts('10.1.2.3', interfaces)).toEqual(['10.1.2.3'])
})

it('names nothing where the relay hears only its own machine', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1'])
    expect(reachableHosts(host, interfaces)).toEqual([])
})
