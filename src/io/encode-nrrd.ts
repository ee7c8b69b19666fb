import { column, scale } from '../core/math/vector.ts'
import type { Volume } from '../core/volume.ts'
import { gzipFile } from './gzip.ts'

/** Labels as NRRD (teem.sourceforge.net/nrrd/format.html), compressed; places are LPS mm. */
export function encodeLabelNrrd(labels: Volume<Uint8Array>): Uint8Array {
  return gzipFile({ head: nrrdHead(labels), parts: [labels.data] })
}

/** What stands before the voxels, which are compressed alone. */
export function nrrdHead({ geometry }: Volume<Uint8Array>): Uint8Array {
  const vector = (values: readonly number[]): string => `(${values.join(',')})`
  const steps = ([0, 1, 2] as const).map((axis) =>
    vector(scale(column(geometry.direction, axis), geometry.spacing[axis]))
  )
  const header = [
    'NRRD0004',
    'type: uchar',
    'dimension: 3',
    'space: left-posterior-superior',
    `sizes: ${geometry.size.join(' ')}`,
    `space directions: ${steps.join(' ')}`,
    'kinds: domain domain domain',
    'encoding: gzip',
    `space origin: ${vector(geometry.origin)}`
  ]
  return new TextEncoder().encode(`${header.join('\n')}\n\n`)
}
