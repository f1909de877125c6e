/** Where another machine reaches this relay. */
import type { NetworkInterfaceInfo } from 'node:os'

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'
const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
/** Bridges of containers and virtual machines: no phone stands behind them. */
const isVirtual = (name: string): boolean =>
  /^(docker|br-|veth|virbr|vmnet|vboxnet|tun|tap)/.test(name)

/**
 * Host names for an address, the likeliest first: IPv4 before IPv6, a real network before a virtual one. Empty where
 * the relay hears only its own machine.
 */
export function reachableHosts(host: string, interfaces: Interfaces): readonly string[] {
  if (isThisMachine(host)) return []
  const written = (address: string) => (address.includes(':') ? `[${address}]` : address)
  if (!isEverywhere(host)) return [written(host)]
  return Object.entries(interfaces)
    .flatMap(([name, all]) => (all ?? []).map((each) => ({ name, ...each })))
    .filter(
      ({ internal, family, address }) =>
        !internal &&
        // What is of one cable names it, and no browser takes that.
        !/^(fe80|169\.254)/i.test(address) &&
        (family === 'IPv4' || host === '::'),
    )
    .map(({ name, family, address }) => ({
      address,
      rank: (isVirtual(name) ? 2 : 0) + (family === 'IPv4' ? 0 : 1),
    }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => written(address))
}
