/** The four cameras of a county, all of one loop; they can be switched off, and on again at the same addresses. */
import { startPublisher } from '../../mock-feeds/footage/publisher.ts'
import { hall } from '../../mock-feeds/footage/scenes/hall.ts'
import { drawForTest } from '../cameras/loops.ts'
import { writeStreams } from '../support/streams.ts'

const ids = ['xintian-1', 'xintian-2', 'xintian-3', 'xintian-4'] as const

export interface Cameras {
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  end(): Promise<void>
}

export async function startCameras(dataDir: string): Promise<Cameras> {
  const loop = await drawForTest(hall)
  const cameras = ids.map((id) => ({ id, words: id, loop: () => loop }))
  let publisher = await startPublisher({ cameras, port: 0 })
  const { port } = publisher
  writeStreams(
    dataDir,
    ids.map((id) => ({ id, kind: 'http-flv', url: publisher.url(id) })),
  )
  return {
    switchOff: () => publisher.stop(),
    async switchOn() {
      publisher = await startPublisher({ cameras, port })
    },
    end: () => publisher.stop(),
  }
}
