import { type PartId, parts } from '../../core/anatomy.ts'
import { applyAffine, type Geometry, voxelIndex, withinGrid, worldFromIndex } from '../../core/geometry/geometry.ts'
import { refine } from '../../core/image/refine.ts'
import { decimate } from '../../core/mesh/decimate.ts'
import type { Mesh } from '../../core/mesh/mesh.ts'
import { splitNonManifoldVertices } from '../../core/mesh/mesh-topology.ts'
import { withoutSpecks } from '../../core/mesh/shells.ts'
import { smoothMesh } from '../../core/mesh/smooth-mesh.ts'
import { surfaceNets } from '../../core/mesh/surface-nets.ts'
import type { Prediction } from '../predict/prediction.ts'

/** The closed surfaces of one ear, LPS mm. */
export interface EarSurfaces {
  readonly labyrinth: Mesh
  /** Neighbouring parts each have a wall of their own where they meet. */
  readonly parts: Readonly<Record<PartId, Mesh>>
}

/** Logits beyond this leave no doubt; the field is kept below it, so that interpolation does not swing. */
const noDoubt = 8

/** Shells smaller than this (mm³), some three of the network's voxels, are noise. */
const minShell = 0.1

/** Fields of larger voxels (mm) are interpolated to half their spacing first. */
const fineEnough = 0.25

/** Takes away the steps of the grid. */
const smoothingRounds = 2

/** Quadric error (mm) up to which triangles are merged; with the smoothing no point moves by more than 0.05 mm. */
const tolerance = 0.01

/**
 * The surfaces of one ear: around the labyrinth where it and background are equally probable, around each part where
 * it is moreover as probable as the strongest other part. They are drawn from logits, not from labels, so that they do not
 * show the steps of voxels.
 * @param mask voxels of the prediction's grid outside which nothing belongs to the ear
 * @param scan what the network imagined outside the scan is left out
 */
export async function earSurfaces(prediction: Prediction, mask: Uint8Array, scan: Geometry): Promise<EarSurfaces> {
  const fields = surfaceFields(prediction, seenVoxels(prediction.geometry, mask, scan))
  const surface = (data: Float32Array): Promise<Mesh> => closedSurface(prediction.geometry, data)
  const [cochlea, vestibule, canals] = fields.parts as [Float32Array, Float32Array, Float32Array]
  return {
    labyrinth: await surface(fields.labyrinth),
    parts: {
      cochlea: await surface(cochlea),
      vestibule: await surface(vestibule),
      semicircular_canals: await surface(canals)
    }
  }
}

function closedSurface(geometry: Geometry, data: Float32Array): Promise<Mesh> {
  const isCoarse = Math.max(...geometry.spacing) > fineEnough
  const boundary = splitNonManifoldVertices(surfaceNets(isCoarse ? refine({ geometry, data }) : { geometry, data }, 0))
  return decimate(smoothMesh(withoutSpecks(boundary, minShell), smoothingRounds), tolerance)
}

/** Fields that are positive inside the labyrinth and inside each part, zero on their surfaces. */
function surfaceFields({ logits }: Prediction, seen: Uint8Array): { labyrinth: Float32Array; parts: Float32Array[] } {
  const labyrinth = new Float32Array(seen.length).fill(-noDoubt)
  const inParts = parts.map(() => labyrinth.slice())
  for (let at = 0; at < seen.length; at++) {
    if (seen[at] === 0) continue
    let sum = 0
    for (const part of logits) sum += Math.exp(part[at] as number)
    const odds = Math.log(sum)
    labyrinth[at] = withoutDoubt(odds)
    for (let n = 0; n < inParts.length; n++) {
      let others = Number.NEGATIVE_INFINITY
      for (let other = 0; other < logits.length; other++) {
        if (other !== n) others = Math.max(others, logits[other]?.[at] as number)
      }
      ;(inParts[n] as Float32Array)[at] = withoutDoubt(Math.min(odds, (logits[n]?.[at] as number) - others))
    }
  }
  return { labyrinth, parts: inParts }
}

function withoutDoubt(logit: number): number {
  return Math.max(-noDoubt, Math.min(noDoubt, logit))
}

/** The mask's voxels that lie in the scan. */
function seenVoxels(geometry: Geometry, mask: Uint8Array, scan: Geometry): Uint8Array {
  const [toWorld, isSeen] = [worldFromIndex(geometry), withinGrid(scan)]
  return mask.map((inside, at) => (inside !== 0 && isSeen(applyAffine(toWorld, voxelIndex(geometry.size, at))) ? 1 : 0))
}
