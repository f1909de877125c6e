/** The code that a phone joins by: as a picture to scan, and in letters. */
import { useState } from 'react'
import type { RemoteDesk } from '../../../protocol/remote.ts'
import { Qr } from '../../parts/Qr.tsx'

interface Props {
  readonly desk: NonNullable<RemoteDesk>
  readonly leftMs: number
}

export function Code({ desk: { code, addresses }, leftMs }: Props) {
  const [chosen, choose] = useState<string>()
  const address = addresses.find((each) => each === chosen) ?? addresses[0] ?? ''
  const others = addresses.filter((each) => each !== address)
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000))
  return (
    <div className="remote-code">
      <Qr text={`${address}#${code}`} label="扫码打开遥控" />
      <div>
        <p>手机连上同一个网络,扫左边的码;或在浏览器中打开</p>
        <p className="remote-address">{address}</p>
        <p>输入口令</p>
        <p className="remote-letters num" data-testid="remote-code">
          {code.slice(0, 4)} {code.slice(4)}
        </p>
        <p className="fig">
          {Math.floor(seconds / 60)} 分 {String(seconds % 60).padStart(2, '0')} 秒内有效,只用一次
        </p>
        {others.length > 0 && (
          <div className="remote-others">
            <p>打不开时换一个地址</p>
            {others.map((each) => (
              <button type="button" key={each} onClick={() => choose(each)}>
                {each.replace('http://', '').replace('/remote', '')}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}
