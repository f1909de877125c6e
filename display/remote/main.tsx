import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { readCode } from '../../protocol/remote.ts'
import { openLastingSocket } from '../link.ts'
import tokens from '../theme/tokens.json'
import '../theme/fonts.ts'
import './remote.css'
import { createPhone } from './phone.ts'
import { Remote } from './Remote.tsx'

for (const [name, token] of Object.entries(tokens.color.paper))
  if (typeof token !== 'string')
    document.documentElement.style.setProperty(`--p-${name}`, token.$value)

/** A code counts once: a page that is loaded anew comes back by its pass, so the address does not keep it. */
function takeCode(): string | null {
  const code = readCode(location.hash.slice(1))
  history.replaceState(null, '', location.pathname)
  return code
}

const phone = createPhone({
  socket: openLastingSocket(),
  storage: sessionStorage,
  clock: Date.now,
  code: takeCode(),
})
addEventListener('hashchange', () => {
  const code = takeCode()
  if (code !== null) phone.enter(code)
})
import.meta.hot?.dispose(phone.stop)

const root = document.getElementById('root')
if (root === null) throw new Error('remote.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Remote phone={phone} />
  </StrictMode>,
)
