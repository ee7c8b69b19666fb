import { radians } from '../../core/math/angle.ts'
import { svgText } from '../../core/plots/svg.ts'
import type { EarResult } from '../result.ts'

type Electrode = NonNullable<EarResult['electrode']>

const size = { width: 420, height: 260 }
const center = { x: 215, y: 125 }

/** Radius of the drawn spiral at the round window, and how much of it is left after each turn; a cochlea's about. */
const outer = 105
const leftPerTurn = 0.6

/** Room between the duct and the numbers beside it. */
const beside = 9

/**
 * An electrode drawn along the duct, which is rolled out of its height: every second mark with its depth and frequency, the tip
 * with its angle. Angles are true to scale, radii are those of a spiral like a cochlea's.
 */
export function electrodeDrawing({ rows, length }: Electrode): string {
  const tip = rows.at(-1)
  if (tip === undefined) return ''
  const line = (to: number): string =>
    Array.from({ length: Math.ceil(to / 6) + 1 }, (_, n) => at(Math.min(to, 6 * n)))
      .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
      .join('L')
  const marks = rows.flatMap(({ depth, angle, frequency }, n) => {
    const { x, y } = at(angle)
    const dot = `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.6"/>`
    if (n % 4 !== 0 && n !== rows.length - 1) return [dot]
    // The tip's stands inside, where the first turn's do not.
    const isTip = n === rows.length - 1
    const out = at(angle, isTip ? -2 * beside : beside)
    const anchor = isTip ? 'middle' : out.x < center.x - 20 ? 'end' : out.x > center.x + 20 ? 'start' : 'middle'
    const words = `${depth.toFixed(0)} mm, ${frequencyText(frequency)}`
    return [dot, `<g text-anchor="${anchor}">${svgText(out.x, out.y + 3, words)}</g>`]
  })
  const whole = Math.max(720, tip.angle)
  const label = `An electrode of ${length} mm reaches ${tip.angle.toFixed(0)}°`
  return `<figure class="along"><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">
<path class="duct" d="M${line(whole)}"/><path class="electrode" d="M${line(tip.angle)}"/>${marks.join('')}</svg>
<figcaption>${label}; 0° is the round window. Numbers: depth along the lateral wall, frequency there.</figcaption></figure>`
}

function at(angle: number, more = 0): { readonly x: number; readonly y: number } {
  const radius = outer * leftPerTurn ** (angle / 360) + more
  const turned = radians(angle)
  return { x: center.x - radius * Math.cos(turned), y: center.y - radius * Math.sin(turned) }
}

function frequencyText(hertz: number): string {
  return hertz >= 1000 ? `${(hertz / 1000).toFixed(1)} kHz` : `${hertz.toFixed(0)} Hz`
}
