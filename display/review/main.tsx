import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../theme/theme.ts'
import tokens from '../theme/tokens.json'
import '../console/parts.css'
import './review.css'
import './lists.css'
import { Gate } from '../console/Gate.tsx'
import { Review } from './Review.tsx'

for (const [name, token] of Object.entries(tokens.color.paper))
  if (typeof token !== 'string')
    document.documentElement.style.setProperty(`--p-${name}`, token.$value)
// Live pictures are the wall's, and drawn with its colours.
applyTheme(document.documentElement)

const root = document.getElementById('root')
if (root === null) throw new Error('review.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Gate title="红旗墙 · 领导阅览">
      <Review />
    </Gate>
  </StrictMode>,
)
