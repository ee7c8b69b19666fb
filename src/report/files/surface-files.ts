import type { EarFinding } from '../../analyze/findings.ts'
import { parts } from '../../core/anatomy.ts'
import { mergeMeshes } from '../../core/mesh/mesh.ts'
import { softwareVersion } from '../../core/version.ts'
import type { Files } from '../../io/files.ts'
import { encodeGlb } from '../../io/mesh/glb.ts'
import type { NamedMesh } from '../../io/mesh/named-mesh.ts'
import { encodeObj } from '../../io/mesh/obj.ts'
import { encodePly } from '../../io/mesh/ply.ts'
import { encodeStl } from '../../io/mesh/stl.ts'

/** The format of a file of surfaces. */
export type SurfaceFormat = 'stl' | 'obj' | 'ply' | 'glb'
export const surfaceFormats: readonly SurfaceFormat[] = ['stl', 'obj', 'ply', 'glb']

/** Of the whole labyrinth, which has no colour in the anatomy table. */
const labyrinthColor = [205, 200, 190] as const

/** Names of all files that surfaces may be written to. */
export const surfaceFileNames: readonly string[] = [
  ...['stl', 'ply'].flatMap((format) => ['labyrinth', ...parts.map(({ id }) => id)].map((name) => `${name}.${format}`)),
  'labyrinth.obj',
  'labyrinth.mtl',
  'labyrinth.glb'
]

/**
 * The surfaces of all ears as files by name. STL and PLY hold one surface a file: the labyrinth and each part. OBJ and
 * GLB hold the parts of all ears as named, coloured objects.
 */
export function surfaceFiles(ears: readonly EarFinding[], formats: readonly SurfaceFormat[]): Files {
  const files: Record<string, Uint8Array | string> = {}
  const wholes: readonly (readonly [name: string, meshes: NamedMesh[]])[] = [
    ['labyrinth', ears.map(({ surfaces }) => ({ name: 'Labyrinth', color: labyrinthColor, mesh: surfaces.labyrinth }))],
    ...parts.map(({ id, name, color }) => {
      return [id, ears.map(({ surfaces }) => ({ name, color, mesh: surfaces.parts[id] }))] as const
    })
  ]
  const scene = ears.flatMap(({ side, surfaces }) =>
    parts.map(({ id, name, color }) => ({ name: `${name} ${side}`, color, mesh: surfaces.parts[id] }))
  )
  for (const [name, meshes] of wholes) {
    if (formats.includes('stl')) files[`${name}.stl`] = encodeStl(mergeMeshes(meshes.map(({ mesh }) => mesh)))
    if (formats.includes('ply')) files[`${name}.ply`] = encodePly(meshes)
  }
  if (formats.includes('obj')) {
    const { obj, mtl } = encodeObj(scene, 'labyrinth.mtl')
    Object.assign(files, { 'labyrinth.obj': obj, 'labyrinth.mtl': mtl })
  }
  if (formats.includes('glb')) files['labyrinth.glb'] = encodeGlb(scene, `otomark ${softwareVersion}`)
  return files
}
