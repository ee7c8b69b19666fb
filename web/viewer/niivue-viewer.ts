import { Niivue, NVMesh, SLICE_TYPE } from '@niivue/niivue'
import { type PartId, parts, type Side } from '../../src/core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, worldFromIndex } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import { fractionOf, slices, tilesOf } from './niivue-slices.ts'
import { niivueVolume } from './niivue-volume.ts'
import type { Middle, ShownSurface, View, Viewer, ViewOptions } from './viewer.ts'

const sliceTypes = {
  axial: SLICE_TYPE.AXIAL,
  coronal: SLICE_TYPE.CORONAL,
  sagittal: SLICE_TYPE.SAGITTAL,
  space: SLICE_TYPE.RENDER
} as const satisfies Record<Exclude<View, 'cochlea'>, SLICE_TYPE>

type Layout = { sliceType: SLICE_TYPE; position: [number, number, number, number] }[]

/** Three slices and space, a quarter of the canvas each, or one of them all of it. */
function layoutOf(full: ViewOptions['full']): Layout {
  if (full !== undefined) return [{ sliceType: sliceTypes[full], position: [0, 0, 1, 1] }]
  return [
    { sliceType: sliceTypes.axial, position: [0, 0, 0.5, 0.5] },
    { sliceType: sliceTypes.coronal, position: [0.5, 0, 0.5, 0.5] },
    { sliceType: sliceTypes.sagittal, position: [0, 0.5, 0.5, 0.5] },
    { sliceType: sliceTypes.space, position: [0.5, 0.5, 0.5, 0.5] }
  ]
}

/** From where an ear is seen in space at first, degrees: from its side and a little from the front. */
const azimuth = { left: 110, right: 250 } as const

/** NiiVue draws no rim where labels are wholly transparent. */
const almostTransparent = 0.002

/** Draws surfaces alone in space: the scan around them would hide them. */
class SurfaceNiivue extends Niivue {
  drawn: () => void = () => {}
  /** Middle (RAS mm) and radius of what is turned in space. */
  turned: { readonly middle: Vector3; readonly radius: number } | undefined

  override drawImage3D(): void {}

  /** Brings labels to the graphics card: what `refreshDrawing` does, but only slices that are other, without looking at all voxels. */
  uploadLabels([first, last]: readonly [number, number] = [0, Number.POSITIVE_INFINITY]): void {
    const [, nx = 0, ny = 0, nz = 0] = this.back?.dims ?? []
    const end = Math.min(last, nz - 1)
    if (this.drawBitmap === null || this.drawTexture === null || end < first) return
    const { gl } = this
    gl.activeTexture(gl.TEXTURE7)
    gl.bindTexture(gl.TEXTURE_3D, this.drawTexture)
    const voxels = this.drawBitmap.subarray(nx * ny * first, nx * ny * (end + 1))
    gl.texSubImage3D(gl.TEXTURE_3D, 0, 0, 0, first, nx, ny, end - first + 1, gl.RED, gl.UNSIGNED_BYTE, voxels)
  }

  override setPivot3D(): void {
    super.setPivot3D()
    if (this.turned === undefined) return
    this.pivot3D = [...this.turned.middle]
    this.furthestFromPivot = this.turned.radius
  }

  override drawScene(): ReturnType<Niivue['drawScene']> {
    const position = super.drawScene()
    this.drawn()
    return position
  }
}

/** A viewer in a canvas, by NiiVue. */
export async function openNiivueViewer(canvas: HTMLCanvasElement): Promise<Viewer> {
  const niivue = new SurfaceNiivue({
    isRadiologicalConvention: true,
    sliceType: SLICE_TYPE.MULTIPLANAR,
    meshThicknessOn2D: 0,
    // It has no listeners of its own; the page says what a pointer does.
    interactive: false,
    // The page draws the crosshair, a pixel wide at every size.
    crosshairWidth: 0,
    backColor: [0.035, 0.045, 0.055, 1],
    fontColor: [0.72, 0.77, 0.82, 1],
    isCornerOrientationText: false,
    show3Dcrosshair: false,
    loadingText: '',
    logLevel: 'warn'
  })
  await niivue.attachToCanvas(canvas)
  niivue.setCustomLayout(layoutOf(undefined))
  let grid: Geometry | undefined
  let start: { readonly side: Side; readonly middle: Middle } | undefined
  let shown: { readonly full: ViewOptions['full']; readonly hidden: string } = { full: undefined, hidden: '' }
  const drawnListeners: (() => void)[] = []
  const millimetresAt = (fraction: Vector3): Vector3 =>
    [...niivue.frac2mm(fraction as never, 0, false)].slice(0, 3) as unknown as Vector3
  const millimetres = (of: Geometry, place: Vector3): Vector3 => millimetresAt(fractionOf(of, place))
  const setPan = (pan: Pan): void => {
    niivue.scene.pan2Dxyzmm = pan as typeof niivue.scene.pan2Dxyzmm
    niivue.drawScene()
  }
  niivue.drawn = () => {
    for (const listener of drawnListeners) listener()
  }

  const viewer: Viewer = {
    async show(image, newGrid, side, middle) {
      grid = newGrid
      niivue.addVolume(await niivueVolume(image))
      niivue.createEmptyDrawing()
      niivue.drawLut = { lut: labelColors([]), labels: [] }
      niivue.refreshColormaps()
      start = { side, middle }
      viewer.reset()
    },
    setLabels(labels, slices) {
      niivue.drawBitmap = labels
      niivue.uploadLabels(slices)
      niivue.drawScene()
    },
    setSurfaces(surfaces) {
      // NiiVue's own adding and removing would each time prepare the scan anew.
      for (const mesh of niivue.meshes) mesh.unloadMesh(niivue.gl)
      niivue.meshes = surfaces.map((surface) => niivueMesh(surface, niivue.gl))
      niivue.turned = sphereAround(niivue.meshes.map(({ pts }) => pts))
      niivue.drawScene()
    },
    setOptions({ low, high, radiological, labels, hidden, full }: ViewOptions) {
      niivue.opts.isRadiologicalConvention = radiological
      niivue.opts.sagittalNoseLeft = radiological
      niivue.drawOpacity = labels.fill > 0 ? labels.fill : labels.rims ? almostTransparent : 0
      niivue.drawRimOpacity = labels.rims ? 0.95 : -1
      if (hidden.join() !== shown.hidden) {
        niivue.drawLut = { lut: labelColors(hidden), labels: [] }
        niivue.refreshColormaps()
      }
      if (full !== shown.full) niivue.setCustomLayout(layoutOf(full))
      shown = { full, hidden: hidden.join() }
      const [volume] = niivue.volumes
      if (volume !== undefined && (volume.cal_min !== low || volume.cal_max !== high)) {
        volume.cal_min = low
        volume.cal_max = high
        niivue.updateGLVolume()
      }
      niivue.drawScene()
    },
    lookAt(place) {
      if (grid === undefined) return
      niivue.scene.crosshairPos = fractionOf(grid, place) as unknown as typeof niivue.scene.crosshairPos
      niivue.drawScene()
    },
    placeBeside(place, plane, steps) {
      const axis = slices.find((slice) => slice.plane === plane)?.through ?? 2
      if (grid === undefined) return place
      const index: [number, number, number] = [...applyAffine(indexFromWorld(grid), place)]
      index[axis] = Math.max(0, Math.min((grid.size[axis] as number) - 1, Math.round((index[axis] as number) + steps)))
      return applyAffine(worldFromIndex(grid), index)
    },
    zoom(about, factor) {
      if (grid === undefined) return
      const [x, y, z, before] = [...niivue.scene.pan2Dxyzmm] as [number, number, number, number]
      const after = Math.max(leastZoom, Math.min(mostZoom, before * factor))
      const [a, b, c] = millimetres(grid, about)
      const change = before - after
      setPan([x + change * a, y + change * b, z + change * c, after])
    },
    shift(from, to) {
      if (grid === undefined) return
      const [x, y, z, zoom] = [...niivue.scene.pan2Dxyzmm] as [number, number, number, number]
      const [a, b] = [millimetres(grid, from), millimetres(grid, to)]
      setPan([x + zoom * (b[0] - a[0]), y + zoom * (b[1] - a[1]), z + zoom * (b[2] - a[2]), zoom])
    },
    turn(byAzimuth, elevation, factor) {
      niivue.scene.renderAzimuth = (niivue.scene.renderAzimuth + byAzimuth + 360) % 360
      niivue.scene.renderElevation = Math.max(-90, Math.min(90, niivue.scene.renderElevation + elevation))
      niivue.scene.volScaleMultiplier = Math.max(0.5, Math.min(5, niivue.scene.volScaleMultiplier * factor))
      niivue.drawScene()
    },
    reset() {
      if (start === undefined || grid === undefined) return
      const { side, middle } = start
      niivue.scene.renderAzimuth = azimuth[side]
      niivue.scene.renderElevation = 15
      niivue.scene.volScaleMultiplier = 1
      const edges = grid.size.map((voxels, axis) => voxels * (grid?.spacing[axis] as number))
      const zoom = Math.max(1, Math.min(...edges) / (2 * middle.reach))
      const [center, wanted] = [millimetresAt([0.5, 0.5, 0.5]), millimetres(grid, middle.place)]
      setPan([0, 1, 2].map((axis) => (center[axis] as number) - zoom * (wanted[axis] as number)).concat(zoom) as Pan)
    },
    valueAt(place) {
      const [volume] = niivue.volumes
      if (grid === undefined || volume === undefined) return undefined
      const [i, j, k] = applyAffine(indexFromWorld(grid), place).map(Math.round) as [number, number, number]
      const [nx, ny, nz] = grid.size
      if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return undefined
      return volume.getValue(i, j, k)
    },
    redraw: () => {
      niivue.drawScene()
    },
    get tiles() {
      return grid === undefined ? [] : tilesOf(niivue, grid)
    },
    onDrawn: (listener) => drawnListeners.push(listener),
    close() {
      niivue.cleanup()
      niivue.gl.getExtension('WEBGL_lose_context')?.loseContext()
    }
  }
  return viewer
}

/** Shift along x, y, z (mm on the screen) and zoom, as NiiVue keeps them. */
type Pan = [number, number, number, number]

const leastZoom = 0.5
const mostZoom = 20

function niivueMesh({ mesh, color, opacity = 1 }: ShownSurface, gl: WebGL2RenderingContext): NVMesh {
  const rgba = Uint8Array.of(...color, 255)
  return new NVMesh(rasVertices(mesh), Uint32Array.from(mesh.triangles), '', rgba, opacity, true, gl)
}

/** A sphere that holds all vertices; undefined without any. */
function sphereAround(meshes: readonly Float32Array[]): { middle: Vector3; radius: number } | undefined {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = low.map((value) => -value)
  for (const vertices of meshes) {
    for (const [at, mm] of vertices.entries()) {
      low[at % 3] = Math.min(low[at % 3] as number, mm)
      high[at % 3] = Math.max(high[at % 3] as number, mm)
    }
  }
  const middle = low.map((mm, axis) => (mm + (high[axis] as number)) / 2) as [number, number, number]
  const radius = Math.hypot(...low.map((mm, axis) => ((high[axis] as number) - mm) / 2))
  return Number.isFinite(radius) ? { middle, radius } : undefined
}

/** NiiVue's world is RAS. */
function rasVertices({ vertices }: Mesh): Float32Array {
  return new Float32Array(vertices).map((mm, at) => (at % 3 === 2 ? mm : -mm))
}

/** RGBA by label number. */
function labelColors(hidden: readonly PartId[]): Uint8ClampedArray {
  const colors = new Uint8ClampedArray(4 * 256)
  for (const { id, label, color } of parts) if (!hidden.includes(id)) colors.set([...color, 255], 4 * label)
  return colors
}
