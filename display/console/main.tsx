import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import tokens from '../theme/tokens.json'
import '../theme/fonts.ts'
import './console.css'
import './parts.css'
import './sheet.css'
import { Console } from './Console.tsx'
import { takeCode } from './pair-code.ts'

for (const [name, token] of Object.entries(tokens.color.paper))
  if (typeof token !== 'string')
    document.documentElement.style.setProperty(`--p-${name}`, token.$value)

takeCode()
const root = document.getElementById('root')
if (root === null) throw new Error('console.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Console />
  </StrictMode>,
)
