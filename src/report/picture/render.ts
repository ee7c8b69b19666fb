import { cross, normalize, type Vector3 } from '../../core/math/vector.ts'
import type { Mesh } from '../../core/mesh/mesh.ts'
import { vertexNormals } from '../../core/mesh/vertex-normals.ts'
import type { Plane } from './plane.ts'

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
  const { triangles } = mesh
  const places = placesOn(plane, mesh.vertices)
  const facing = placesOn({ ...plane, center: [0, 0, 0], edge: 0 }, vertexNormals(mesh))
  const toPlane = size / plane.edge
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * (triangles[t] as number), 3 * (triangles[t + 1] as number), 3 * (triangles[t + 2] as number)]
    const [ax, ay] = [at(places, a) * toPlane, at(places, a + 1) * toPlane]
    const [bx, by] = [at(places, b) * toPlane, at(places, b + 1) * toPlane]
    const [cx, cy] = [at(places, c) * toPlane, at(places, c + 1) * toPlane]
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (area === 0) continue
    const [firstX, lastX] = range(ax, bx, cx, size)
    const [firstY, lastY] = range(ay, by, cy, size)
    for (let y = firstY; y <= lastY; y++) {
      for (let x = firstX; x <= lastX; x++) {
        const px = x + 0.5
        const py = y + 0.5
        const u = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area
        const v = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area
        const w = 1 - u - v
        if (u < 0 || v < 0 || w < 0) continue
        const pixel = x + size * y
        const depth = u * at(places, a + 2) + v * at(places, b + 2) + w * at(places, c + 2)
        if (depth >= (depths[pixel] as number)) continue
        depths[pixel] = depth
        const nx = u * at(facing, a) + v * at(facing, b) + w * at(facing, c)
        const ny = u * at(facing, a + 1) + v * at(facing, b + 1) + w * at(facing, c + 1)
        // Away from the viewer is positive on a plane; normals are wanted towards the viewer.
        const nz = -(u * at(facing, a + 2) + v * at(facing, b + 2) + w * at(facing, c + 2))
        const unit = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz)
        shade(colors, 4 * pixel, color, nx * unit, ny * unit, nz * unit)
      }
    }
  }
}

/** Places of points on a plane, as `placeOn` gives them: x, y and depth of each. */
function placesOn({ center, across, down, edge }: Plane, points: ArrayLike<number>): Float64Array {
  const away = cross(across, down)
  const places = new Float64Array(points.length)
  for (let n = 0; n < places.length; n += 3) {
    const x = at(points, n) - center[0]
    const y = at(points, n + 1) - center[1]
    const z = at(points, n + 2) - center[2]
    places[n] = x * across[0] + y * across[1] + z * across[2] + edge / 2
    places[n + 1] = x * down[0] + y * down[1] + z * down[2] + edge / 2
    places[n + 2] = x * away[0] + y * away[1] + z * away[2]
  }
  return places
}

function at(values: ArrayLike<number>, n: number): number {
  return values[n] as number
}

/** Pixels whose middles may lie between three places, within the picture. */
function range(a: number, b: number, c: number, size: number): [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b, c) - 0.5)), Math.min(size - 1, Math.ceil(Math.max(a, b, c) - 0.5))]
}

/** Colours a sample: diffuse light, light from all around that is weaker from below, and a small highlight. */
function shade(colors: Uint8Array, to: number, color: ColoredMesh['color'], nx: number, ny: number, nz: number): void {
  const diffuse = Math.max(0, nx * light[0] + ny * light[1] + nz * light[2])
  const around = 0.38 - 0.1 * ny + 0.12 * Math.max(0, nz)
  const highlight = 60 * Math.max(0, nx * halfway[0] + ny * halfway[1] + nz * halfway[2]) ** 40
  const lit = around + 0.62 * diffuse
  colors[to] = Math.min(255, color[0] * lit + highlight)
  colors[to + 1] = Math.min(255, color[1] * lit + highlight)
  colors[to + 2] = Math.min(255, color[2] * lit + highlight)
  colors[to + 3] = 255
}

/** Blocks of samples as pixels; a pixel that is partly empty is partly transparent. */
function averaged(colors: Uint8Array, pixels: number): Uint8Array {
  const result = new Uint8Array(4 * pixels * pixels)
  for (let row = 0, to = 0; row < pixels; row++) {
    for (let column = 0; column < pixels; column++, to += 4) {
      let [red, green, blue, covered] = [0, 0, 0, 0]
      for (let y = samples * row; y < samples * (row + 1); y++) {
        for (let x = samples * column; x < samples * (column + 1); x++) {
          const from = 4 * (x + samples * pixels * y)
          if (colors[from + 3] === 0) continue
          covered++
          red += at(colors, from)
          green += at(colors, from + 1)
          blue += at(colors, from + 2)
        }
      }
      if (covered === 0) continue
      result[to] = red / covered
      result[to + 1] = green / covered
      result[to + 2] = blue / covered
      result[to + 3] = (255 * covered) / samples ** 2
    }
  }
  return result
}
