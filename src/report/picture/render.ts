import { dot, normalize, type Vector3 } from '../../core/math/vector.ts'
import type { Mesh } from '../../core/mesh/mesh.ts'
import { vertexNormals } from '../../core/mesh/vertex-normals.ts'
import { type Plane, type PlanePoint, placeOn } from './plane.ts'

/** A surface and its colour, sRGB 0–255. */
export interface ColoredMesh {
  readonly mesh: Mesh
  readonly color: readonly [number, number, number]
}

/** Samples along each edge of a pixel. */
const samples = 3

/** Where the light comes from: across, down and towards the viewer. */
const light: Vector3 = normalize([-0.45, -0.65, 0.75])
const halfway: Vector3 = normalize([light[0], light[1], light[2] + 1])

/**
 * Closed surfaces seen along the normal of a plane, without perspective (z-buffer, interpolated normals, Blinn–Phong
 * light), antialiased, on a transparent background.
 * @returns RGBA, `pixels` × `pixels`
 */
export function renderMeshes(meshes: readonly ColoredMesh[], plane: Plane, pixels: number): Uint8Array {
  const size = samples * pixels
  const depths = new Float32Array(size * size).fill(Number.POSITIVE_INFINITY)
  const colors = new Uint8Array(4 * size * size)
  for (const shape of meshes) rasteriseMesh(shape, plane, size, depths, colors)
  return averaged(colors, pixels)
}

function rasteriseMesh(
  { mesh, color }: ColoredMesh,
  plane: Plane,
  size: number,
  depths: Float32Array,
  colors: Uint8Array
): void {
  const { vertices, triangles } = mesh
  const normals = vertexNormals(mesh)
  const vectorAt = (values: ArrayLike<number>, n: number): Vector3 => {
    return [values[3 * n] as number, values[3 * n + 1] as number, values[3 * n + 2] as number]
  }
  const toPlane = size / plane.edge
  const turned = { ...plane, center: [0, 0, 0] as const, edge: 0 }
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((corner) => triangles[t + corner] as number)
    const places = corners.map((n) => placeOn(plane, vectorAt(vertices, n)))
    const facing = corners.map((n) => placeOn(turned, vectorAt(normals, n)))
    const [a, b, c] = places.map(({ x, y, depth }) => ({ x: x * toPlane, y: y * toPlane, depth })) as Corners
    const [na, nb, nc] = facing as Corners
    const area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    if (area === 0) continue
    const [firstX, lastX] = range(a.x, b.x, c.x, size)
    const [firstY, lastY] = range(a.y, b.y, c.y, size)
    for (let y = firstY; y <= lastY; y++) {
      for (let x = firstX; x <= lastX; x++) {
        const [px, py] = [x + 0.5, y + 0.5]
        const u = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) / area
        const v = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) / area
        const w = 1 - u - v
        if (u < 0 || v < 0 || w < 0) continue
        const at = x + size * y
        const depth = u * a.depth + v * b.depth + w * c.depth
        if (depth >= (depths[at] as number)) continue
        depths[at] = depth
        // Away from the viewer is positive on a plane; normals are wanted towards the viewer.
        const towards = -(u * na.depth + v * nb.depth + w * nc.depth)
        const normal = normalize([u * na.x + v * nb.x + w * nc.x, u * na.y + v * nb.y + w * nc.y, towards])
        colors.set(shade(color, normal), 4 * at)
      }
    }
  }
}

type Corners = [PlanePoint, PlanePoint, PlanePoint]

/** Pixels whose middles may lie between three places, within the picture. */
function range(a: number, b: number, c: number, size: number): [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b, c) - 0.5)), Math.min(size - 1, Math.ceil(Math.max(a, b, c) - 0.5))]
}

/** Diffuse light, light from all around that is weaker from below, and a small highlight. */
function shade(color: readonly [number, number, number], normal: Vector3): [number, number, number, number] {
  const diffuse = Math.max(0, dot(normal, light))
  const around = 0.38 - 0.1 * normal[1] + 0.12 * Math.max(0, normal[2])
  const highlight = 60 * Math.max(0, dot(normal, halfway)) ** 40
  const channel = (value: number): number => Math.min(255, value * (around + 0.62 * diffuse) + highlight)
  return [channel(color[0]), channel(color[1]), channel(color[2]), 255]
}

/** Blocks of samples as pixels; a pixel that is partly empty is partly transparent. */
function averaged(colors: Uint8Array, pixels: number): Uint8Array {
  const result = new Uint8Array(4 * pixels * pixels)
  for (let pixel = 0; pixel < pixels * pixels; pixel++) {
    const [column, row] = [pixel % pixels, Math.floor(pixel / pixels)]
    const sum = [0, 0, 0]
    let covered = 0
    for (let n = 0; n < samples ** 2; n++) {
      const [x, y] = [samples * column + (n % samples), samples * row + Math.floor(n / samples)]
      const at = 4 * (x + samples * pixels * y)
      if (colors[at + 3] === 0) continue
      covered++
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] as number) + (colors[at + channel] as number)
    }
    if (covered > 0) result.set([...sum.map((value) => value / covered), (255 * covered) / samples ** 2], 4 * pixel)
  }
  return result
}
