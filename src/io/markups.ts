import { type LandmarkId, landmarkKinds } from '../core/anatomy.ts'
import type { Landmark } from '../core/landmark.ts'

const schema =
  'https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/Markups/Resources/Schema/markups-schema-v1.0.3.json#'

/** One ear's landmarks as they go into a markups file. */
export interface MarkupsList {
  /** Shown in front of each point's name when several lists share a view, such as `Right`. */
  readonly name?: string
  readonly landmarks: readonly Landmark[]
}

/**
 * Landmarks as a 3D Slicer markups file (`.mrk.json`, schema 1.0.3): one point list per ear, coordinates in LPS mm.
 * A landmark that was not found keeps its place in the list with the status `undefined` and no position.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { encodeMarkups, type Findings } from 'otomark'
 *
 * async function writeLandmarks({ ears }: Findings) {
 *   const lists = ears.map(({ side, landmarks }) => ({ name: side === 'left' ? 'Left' : 'Right', landmarks }))
 *   await writeFile('landmarks.mrk.json', encodeMarkups(lists))
 * }
 * ```
 */
export function encodeMarkups(lists: readonly MarkupsList[]): Uint8Array {
  const file = { '@schema': schema, markups: lists.map(markupsNode) }
  return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`)
}

function markupsNode({ name, landmarks }: MarkupsList): object {
  return {
    type: 'Fiducial',
    ...(name !== undefined && { name }),
    coordinateSystem: 'LPS',
    coordinateUnits: 'mm',
    locked: false,
    fixedNumberOfControlPoints: true,
    labelFormat: '%N',
    lastUsedControlPointNumber: landmarks.length,
    controlPoints: landmarks.map((landmark, index) => ({
      id: `${index + 1}`,
      label: label(landmark.id, name),
      description: `${landmark.id}, ${trust(landmark)}`,
      ...(landmark.status === 'defined' && { position: landmark.position }),
      orientation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      selected: true,
      locked: false,
      visibility: true,
      positionStatus: landmark.status
    })),
    display: { visibility: true, opacity: 1, pointLabelsVisibility: true }
  }
}

function trust(landmark: Landmark): string {
  if (landmark.status === 'defined' && landmark.byHand) return 'placed by hand'
  return `confidence ${landmark.confidence.toFixed(3)}`
}

function label(id: LandmarkId, list: string | undefined): string {
  const name = landmarkKinds.find((kind) => kind.id === id)?.name ?? id
  return list === undefined ? name : `${list} ${name.toLowerCase()}`
}
