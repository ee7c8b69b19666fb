import { degrees } from '../../core/math/angle.ts'
import type { Vector3 } from '../../core/math/vector.ts'
import type { EarResult } from '../result.ts'

/** Components of a unit vector below this are left out: less than 12°. */
const slight = 0.2

/** From this on a component is named without "slightly": 25°. */
const clear = 0.42

/**
 * How the cochlea and the lateral canal lie in the head and how far the cochlea winds, in the words of an operating room;
 * as the head lay in the scanner.
 */
export function directionsInWords({ side, directions, measurements }: EarResult): string[] {
  const { modiolarAxis, canalNormals } = directions
  const angle = measurements.find(({ id }) => id === 'total_angle')?.value ?? null
  return [
    ...(modiolarAxis === null ? [] : [axisInWords(modiolarAxis, side)]),
    ...(canalNormals.lateral === null ? [] : [lateralCanalInWords(canalNormals.lateral)]),
    ...(angle === null ? [] : [`The cochlea winds ${turnsInWords(angle)}.`])
  ]
}

/** The axis, and the angle of the basal turn to the midsagittal plane as it is seen in axial slices. */
function axisInWords(axis: Vector3, side: EarResult['side']): string {
  const lateral = side === 'left' ? axis[0] : -axis[0]
  const parts = [
    { size: -axis[1], towards: 'forwards', away: 'backwards' },
    { size: lateral, towards: 'outwards', away: 'inwards' },
    { size: axis[2], towards: 'upwards', away: 'downwards' }
  ]
  const words = parts
    .filter(({ size }) => Math.abs(size) >= slight)
    .sort((a, b) => Math.abs(b.size) - Math.abs(a.size))
    .map(({ size, towards, away }) => `${Math.abs(size) < clear ? 'slightly ' : ''}${size > 0 ? towards : away}`)
  // The plane of the basal turn is the axis' normal plane: in axial slices it lies across the axis.
  const toMidsagittal = degrees(Math.atan2(Math.abs(axis[1]), Math.abs(axis[0])))
  return `From base to apex the cochlea points ${listed(words)}; in axial slices its basal turn stands at ${toMidsagittal.toFixed(0)}° to the midsagittal plane.`
}

function lateralCanalInWords([x, y, z]: Vector3): string {
  // A plane whose normal leans backwards rises to the front.
  const pitch = degrees(Math.atan2(y, z))
  const roll = degrees(Math.acos(Math.min(1, Math.hypot(y, z))))
  const front =
    Math.abs(pitch) < 1
      ? 'level from front to back'
      : `${pitch > 0 ? 'up' : 'down'} in front by ${Math.abs(pitch).toFixed(0)}°`
  const sideways = roll < 1 ? '' : `, and tilted to the ${x > 0 ? 'right' : 'left'} by ${roll.toFixed(0)}°`
  return `Against the axial slices the lateral canal is ${front}${sideways}.`
}

/** `2 turns and 242°`. */
export function turnsInWords(angle: number): string {
  const whole = Math.round(angle)
  const turns = Math.floor(whole / 360)
  return `${turns} ${turns === 1 ? 'turn' : 'turns'} and ${whole - 360 * turns}°`
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
