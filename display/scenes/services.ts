import type { Place, Scene } from './scene.ts'
import { Services } from './Services.tsx'

const places: readonly Place[] = [{ name: '服务', area: [4, 14, 232, 115], widget: Services }]

/** 服务: what can residents have done, where, and by whom? */
export const services: Scene = {
  id: 'services',
  title: '服务',
  seconds: 30,
  caption: '按本地已接入的平台显示',
  places,
  // As large as their room lets them be, so many of them stand at once.
  far: places,
}
