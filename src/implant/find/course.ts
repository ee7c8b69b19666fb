import { radians } from '../../core/math/angle.ts'
import { placeOf, type WallPlace } from '../../ear/cochlear-coordinates.ts'
import type { CochlearDuct, DuctSection } from '../../measure/cochlea/cochlear-duct.ts'
import { endOf, enteringSection, highestLevel, levelIn } from '../lumen.ts'
import { type Background, backgroundOf } from './background.ts'
import { type Metal, scaleEnd } from './metal.ts'

/** One point of the metal's centreline through the turns, with the amount of metal there. */
export interface CoursePlace extends WallPlace {
  /** Degrees from the round window, going on through the turns. */
  readonly angle: number
  /** Metal in the section within `around` of that place, mm². */
  readonly mass: number
}

/** Degrees from one section to the next, and mm from one state to the next. */
const step = { angle: 3, mm: 0.15 }

/** Cost of moving `step.mm` across the section from one angle to the next, in units of `Metal.share` (0 to 1). */
const moveCost = 0.12

/** The centroid is taken over metal within this distance (mm) of the path. */
const around = 0.6

/** Weight of a voxel: the density above the background, clipped (HU), to this power, so that the blurred edge of metal counts little. */
const excess = { power: 4, max: 6000 }

/** Ranges of radius and height over which states are laid, mm. */
const range = { radius: 6.5, low: -3, high: 6.5 }
const radii = Math.round(range.radius / step.mm) + 1
const heights = Math.round((range.high - range.low) / step.mm) + 1
const states = radii * heights

interface Turn {
  readonly angle: number
  readonly section: DuctSection
}

/**
 * Centreline of the metal through the turns: the path of most metal and least movement across the sections, by dynamic programming
 * over the angle about the modiolar axis. The angle only increases along it, so that it cannot jump to a neighbouring turn.
 */
export function courseThroughTurns(metal: Metal, duct: CochlearDuct): CoursePlace[] {
  const turns = turnsOf(duct)
  const path = bestPath(turns.map(({ angle }) => metalInSection(metal, duct, turns, angle)))
  const background = backgroundOf(metal, duct)
  return path.map((state, n) => {
    return centroidNear(metal, background, duct, turns, n, placeOfState(state))
  })
}

function turnsOf(duct: CochlearDuct): Turn[] {
  const count = Math.floor(endOf(duct) / step.angle) + 1
  return Array.from({ length: count }, (_, n) => {
    const angle = n * step.angle
    return { angle, section: enteringSection(duct, angle) }
  })
}

/** Whether a place in the half plane at an angle belongs to this turn, not to the one below or above it. */
function belongs(turns: readonly Turn[], angle: number, r: number, h: number): boolean {
  const at = Math.round(angle / step.angle)
  const perTurn = Math.round(360 / step.angle)
  const own = turns[at]
  if (own === undefined) return false
  const place = { radius: r, height: h }
  const level = levelIn(own.section, place)
  if (level > highestLevel) return false
  return [turns[at - perTurn], turns[at + perTurn]].every(
    (other) => other === undefined || levelIn(other.section, place) >= level
  )
}

/** Metal of each state at an angle; −1 where the place does not belong to this turn. */
function metalInSection(metal: Metal, duct: CochlearDuct, turns: readonly Turn[], angle: number): Float32Array {
  const values = new Float32Array(states).fill(-1)
  const turned = radians(angle)
  for (let state = 0; state < states; state++) {
    const place = placeOfState(state)
    if (!belongs(turns, angle, place.radius, place.height)) continue
    values[state] = metal.share(...placeOf(duct.frame, { ...place, angle: turned }))
  }
  return values
}

function placeOfState(state: number): WallPlace {
  return { radius: (state % radii) * step.mm, height: range.low + Math.floor(state / radii) * step.mm }
}

/** The state at each angle of the path with the most metal. */
function bestPath(sections: readonly Float32Array[]): number[] {
  const from: Int32Array[] = []
  let best = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
  const [first] = sections
  if (first === undefined) return []
  for (let state = 0; state < states; state++) if ((first[state] as number) >= 0) best[state] = first[state] as number
  for (const section of sections.slice(1)) {
    const next = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
    const back = new Int32Array(states).fill(-1)
    for (let state = 0; state < states; state++) {
      const value = section[state] as number
      if (value < 0) continue
      for (const [offset, cost] of moves) {
        const before = state + offset
        const sum = (best[before] ?? Number.NEGATIVE_INFINITY) - cost + value
        if (sum > (next[state] as number)) {
          next[state] = sum
          back[state] = before
        }
      }
    }
    from.push(back)
    best = next
  }
  let state = best.indexOf(Math.max(...best))
  const path = [state]
  for (const back of from.reverse()) {
    state = back[state] ?? -1
    path.unshift(state)
  }
  return path.includes(-1) ? [] : path
}

/** Offsets to the same state and its eight neighbours, with their costs. */
const moves = [-1, 0, 1].flatMap((dh) =>
  [-1, 0, 1].map((dr) => [dh * radii + dr, moveCost * Math.hypot(dr, dh)] as const)
)

/** The centroid of the metal near a place of a section. */
function centroidNear(
  metal: Metal,
  background: Background,
  duct: CochlearDuct,
  turns: readonly Turn[],
  at: number,
  { radius, height }: WallPlace
): CoursePlace {
  const grid = step.mm / 2
  const { angle, section } = turns[at] as Turn
  const turned = radians(angle)
  let [mass, r, h] = [0, 0, 0]
  for (let dr = -around; dr <= around; dr += grid) {
    for (let dh = -around; dh <= around; dh += grid) {
      const place = { radius: radius + dr, height: height + dh }
      if (dr * dr + dh * dh > around * around || !belongs(turns, angle, place.radius, place.height)) continue
      const density = Math.min(excess.max, metal.at(...placeOf(duct.frame, { ...place, angle: turned })))
      const weight = (Math.max(0, density - background(section, place)) / scaleEnd) ** excess.power
      mass += weight
      r += weight * dr
      h += weight * dh
    }
  }
  if (mass === 0) return { angle, radius, height, mass: 0 }
  return { angle, radius: radius + r / mass, height: height + h / mass, mass: mass * grid * grid }
}
