import { type Geometry, indexFromIndex, voxelCount } from '../../core/geometry/geometry.ts'
import { sampleGrid } from '../../core/geometry/resample.ts'
import { dilate } from '../../core/image/dilate.ts'
import { voxelsAbove } from '../../core/image/threshold.ts'
import { certainlyBackground, labyrinthLogOdds, masked, type Prediction } from '../predict/prediction.ts'
import { expectedImage } from './blur.ts'
import { scanWeight } from './bone-nearby.ts'
import { darkPlaces } from './dark-places.ts'
import { giveTopologyOfEar } from './ear-topology.ts'
import { type GreyLevels, greyLevels, insideShare } from './grey-levels.ts'
import { mainComponents } from './main-components.ts'
import { type Outline, outlineOf } from './outline.ts'
import type { ScanSamples } from './sample-scan.ts'

/** An ear with its boundary placed by the scan: a prediction on the scan's own voxels. */
export interface RefinedEar {
  /** The labyrinth's log-odds are a signed distance (mm) from the boundary, times `logitsPerMm`. */
  readonly prediction: Prediction
  /** 1 in and near the ear; outside nothing belongs to it. */
  readonly mask: Uint8Array
}

/** The boundary lies at most this far (mm) from the network's. */
const reach = 0.3

/** Half of the step from inside to bone, where a sharp scan shows the boundary. */
const level = 0.5

/**
 * Shares of the inside in a voxel are clipped to this range, one step to either side of `level`: a voxel's grey moves the boundary by
 * at most `wallWidth`, before `reach` limits it. The range of blur.ts, for a squared error, is narrower.
 */
const shareRange = { min: -0.5, max: 1.5 }

/** Width (mm) of the boundary as a share of the step: about what scans and the network's grid make of a sharp wall. */
const wallWidth = 0.4

/**
 * Blurs (SD, mm) up to which the half-way level is the boundary, and from which it is not: thin canals in a soft scan
 * never reach the level of the inside, so that the scan is compared with the blurred outline instead.
 */
const blurs = { sharp: 0.2, soft: 0.35 }

/** Logits of a voxel whose centre lies 1 mm inside: a voxel of 0.16 mm goes from outside to inside within its edge. */
const logitsPerMm = 25

/** Log-odds below this are left to no part of the ear. */
const farOutside = -8

/** Signed distance (mm) that is given to places that are no part of the ear. */
const outsideEar = -0.05

/**
 * Places the boundary of an ear at the resolution of the scan. The network predicts it on a grid of 0.3 mm. Within 0.3 mm of that
 * boundary it is moved to the half-way level between the inside of the ear and bone, both measured in the scan, so that any
 * linear scale of greys will do. In a blurred scan it moves by the difference between the scan and the blurred outline. Where
 * there is no bone the network's boundary stays. Leaks into air and small pieces are removed, and a few voxels at the boundary
 * are changed to obtain the topology of an ear.
 * @param mask voxels of the prediction's grid outside which nothing belongs to the ear
 * @param samples of the scan around that ear
 * @param keepTopology whether the labyrinth is given the topology of an ear, which surfaces and labels need and measures do not
 * @returns undefined where nothing is outlined
 */
export function refineEar(
  prediction: Pick<Prediction, 'geometry' | 'logits'>,
  mask: Uint8Array,
  samples: ScanSamples,
  { keepTopology = true }: { readonly keepTopology?: boolean } = {}
): RefinedEar | undefined {
  const { grid } = samples
  const outline = outlineOf(prediction, mask)
  if (outline === undefined) return undefined
  const logits = resampledLogits(prediction, mask, grid)
  const logOdds = labyrinthLogOdds(logits)
  const distance = boundaryDistance(prediction.geometry, outline, logOdds, samples)
  if (keepTopology) giveTopologyOfEar(distance, grid)
  const inside = mainComponents(grid, voxelsAbove(distance, 0))
  const near = dilate(inside, grid.size, Math.ceil(reach / Math.min(...grid.spacing)))
  for (let at = 0; at < distance.length; at++) {
    if (near[at] === 0) continue
    const isPiece = inside[at] === 0 && (distance[at] as number) > 0
    const odds = logitsPerMm * (isPiece ? outsideEar : (distance[at] as number))
    if (odds < farOutside) near[at] = 0
    const change = odds - (logOdds[at] as number)
    for (const part of logits) part[at] = (part[at] as number) + change
  }
  return { prediction: { geometry: grid, logits, heatmaps: [] }, mask: near }
}

/** Each part's logits on another grid, trilinear. */
function resampledLogits(
  { geometry, logits }: Pick<Prediction, 'geometry' | 'logits'>,
  mask: Uint8Array,
  grid: Geometry
): Float32Array[] {
  const map = indexFromIndex(grid, geometry)
  const near = voxelsAbove(sampled(map, grid, { geometry, data: new Float32Array(mask) }, 0), 0)
  return logits.map((part) => {
    const data = masked(part, mask)
    const result = new Float32Array(near.length).fill(certainlyBackground)
    sampleGrid(map, grid.size, { geometry, data }, certainlyBackground, result, near)
    return result
  })
}

function sampled(
  map: ReturnType<typeof indexFromIndex>,
  grid: Geometry,
  source: { readonly geometry: Geometry; readonly data: Float32Array },
  outside: number,
  mask?: Uint8Array
): Float32Array {
  const result = new Float32Array(voxelCount(grid))
  sampleGrid(map, grid.size, source, outside, result, mask)
  return result
}

/** About the signed distance (mm, positive inside) of each voxel's centre from the boundary, exact near it. */
function boundaryDistance(
  coarse: Geometry,
  outline: Outline,
  logOdds: Float32Array,
  samples: ScanSamples
): Float32Array {
  const { grid, image, coarseImage } = samples
  const distance = new Float32Array(logOdds.length)
  for (let at = 0; at < distance.length; at++) distance[at] = (logOdds[at] as number) / outline.slope
  const levels = greyLevels(coarseImage, outline)
  if (levels === undefined) return distance
  const isInside = voxelsAbove(distance, 0)
  moveToScan(distance, coarse, outline, levels, samples)
  const dark = darkPlaces({ geometry: grid, image }, isInside, levels)
  if (dark !== undefined) {
    for (let at = 0; at < distance.length; at++) {
      if (dark[at] === 1) distance[at] = Math.min(distance[at] as number, outsideEar)
    }
  }
  return distance
}

/** Changes the distances from the network's boundary to those from where the scan has it. */
function moveToScan(
  distance: Float32Array,
  coarse: Geometry,
  outline: Outline,
  levels: GreyLevels,
  { grid, image, coarseImage }: ScanSamples
): void {
  const { size, spacing } = coarse
  const trust = scanWeight(coarseImage, outline, size, spacing[0], levels)
  const expected = expectedImage(coarseImage, outline, size, spacing[0], levels, trust)
  const sharpness = Math.max(0, Math.min(1, (blurs.soft - expected.blur) / (blurs.soft - blurs.sharp)))
  const map = indexFromIndex(grid, coarse)
  const near = new Uint8Array(distance.length)
  for (let at = 0; at < near.length; at++) if (Math.abs(distance[at] as number) < 2 * reach) near[at] = 1
  const trusted = sampled(map, grid, { geometry: coarse, data: trust }, 0, near)
  const shares = sampled(map, grid, { geometry: coarse, data: expected.shares }, 0, near)
  for (let at = 0; at < distance.length; at++) {
    const network = distance[at] as number
    const value = image[at] as number
    if (near[at] === 0 || Number.isNaN(value)) continue
    const share = Math.max(shareRange.min, Math.min(shareRange.max, insideShare(value, levels)))
    const atLevel = (share - level) * wallWidth
    const byBlur = network + (share - (shares[at] as number)) * wallWidth
    const seen = sharpness * atLevel + (1 - sharpness) * byBlur
    const weight = trusted[at] as number
    const placed = (1 - weight) * network + weight * seen
    distance[at] = Math.max(network - reach, Math.min(network + reach, placed))
  }
}
