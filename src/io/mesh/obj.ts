import { vertexNormals } from '../../core/mesh/vertex-normals.ts'
import type { NamedMesh } from './named-mesh.ts'

/**
 * Surfaces as a Wavefront OBJ file, one object each, with smooth normals, and its material library. OBJ has no unit and
 * no frame; the coordinates are LPS mm.
 * @param library name of the file that will hold the materials
 */
export function encodeObj(shapes: readonly NamedMesh[], library: string): { obj: string; mtl: string } {
  const lines = ['# otomark: inner ear surfaces, LPS mm', `mtllib ${library}`]
  let first = 1
  for (const { name, mesh } of shapes) {
    lines.push(`o ${word(name)}`, `usemtl ${word(name)}`, 's 1')
    lines.push(...triples('v', mesh.vertices, 4), ...triples('vn', vertexNormals(mesh), 3))
    for (let t = 0; t < mesh.triangles.length; t += 3) {
      const corners = [...mesh.triangles.subarray(t, t + 3)].map((vertex) => `${vertex + first}//${vertex + first}`)
      lines.push(`f ${corners.join(' ')}`)
    }
    first += mesh.vertices.length / 3
  }
  const materials = shapes.map(({ name, color }) => {
    const diffuse = color.map((value) => (value / 255).toFixed(4)).join(' ')
    return `newmtl ${word(name)}\nKd ${diffuse}\nKs 0.1 0.1 0.1\nNs 40\nillum 2\n`
  })
  return { obj: `${lines.join('\n')}\n`, mtl: materials.join('\n') }
}

function triples(key: string, values: ArrayLike<number>, digits: number): string[] {
  const text = (at: number): string => (values[at] as number).toFixed(digits)
  return Array.from(
    { length: values.length / 3 },
    (_, n) => `${key} ${text(3 * n)} ${text(3 * n + 1)} ${text(3 * n + 2)}`
  )
}

/** Names end at a space in OBJ. */
function word(name: string): string {
  return name.replace(/\s+/g, '_')
}
