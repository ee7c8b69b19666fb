import { DRAG_MODE, Niivue, NVImage, NVMesh, SLICE_TYPE } from '@niivue/niivue'
import { parts } from '../../src/core/anatomy.ts'
import { applyAffine, type Geometry, indexFromWorld, worldFromIndex } from '../../src/core/geometry.ts'
import type { Mesh } from '../../src/core/mesh.ts'
import type { Vector3 } from '../../src/core/vector.ts'
import type { ShownSurface, SliceTile, Viewer, ViewOptions } from './viewer.ts'

/** Axes of the grid that run to the right and up on each of NiiVue's slices, and the one that runs through it. */
const slices = [
  { plane: 'axial', across: 0, up: 1, through: 2 },
  { plane: 'coronal', across: 0, up: 2, through: 1 },
  { plane: 'sagittal', across: 1, up: 2, through: 0 }
] as const

/** Three slices and space, a quarter of the canvas each. */
const quarters = [
  { sliceType: SLICE_TYPE.AXIAL, position: [0, 0, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.CORONAL, position: [0.5, 0, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.SAGITTAL, position: [0, 0.5, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.RENDER, position: [0.5, 0.5, 0.5, 0.5] }
] satisfies { sliceType: SLICE_TYPE; position: [number, number, number, number] }[]

/** NiiVue draws no rim where labels are wholly transparent. */
const almostTransparent = 0.002

/** Draws surfaces alone in space: the scan around them would hide them. */
class SurfaceNiivue extends Niivue {
  drawn: () => void = () => {}
  /** Middle (RAS mm) and radius of what is turned in space. */
  turned: { readonly middle: Vector3; readonly radius: number } | undefined

  override drawImage3D(): void {}

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
    dragMode: DRAG_MODE.pan,
    dragAndDropEnabled: false,
    crosshairColor: [0.35, 0.62, 0.86, 0.75],
    crosshairWidth: 0.12,
    crosshairWidthUnit: 'mm',
    crosshairGap: 1.2,
    backColor: [0.035, 0.045, 0.055, 1],
    fontColor: [0.72, 0.77, 0.82, 1],
    isCornerOrientationText: false,
    show3Dcrosshair: false,
    loadingText: '',
    clipPlaneHotKey: '',
    cycleClipPlaneHotKey: '',
    viewModeHotKey: '',
    logLevel: 'warn'
  })
  await niivue.attachToCanvas(canvas)
  niivue.setCustomLayout(quarters)
  let grid: Geometry | undefined
  const drawnListeners: (() => void)[] = []
  niivue.drawn = () => {
    for (const listener of drawnListeners) listener()
  }

  return {
    async show(image, newGrid) {
      grid = newGrid
      const bytes = image.slice().buffer
      const volume = await NVImage.new(bytes, 'scan.nii', 'gray', 1, null, -600, 2200, ...imageDefaults)
      niivue.addVolume(volume)
      niivue.createEmptyDrawing()
      niivue.drawLut = { lut: labelColors(), labels: [] }
      niivue.updateGLVolume()
      niivue.scene.renderAzimuth = 110
      niivue.scene.renderElevation = 15
    },
    setLabels(labels) {
      niivue.drawBitmap = labels.slice()
      niivue.refreshDrawing(true)
    },
    setSurfaces(surfaces) {
      for (const mesh of [...niivue.meshes]) niivue.removeMesh(mesh)
      for (const surface of surfaces) niivue.addMesh(niivueMesh(surface, niivue.gl))
      niivue.turned = sphereAround(niivue.meshes.map(({ pts }) => pts))
      niivue.drawScene()
    },
    setOptions({ low, high, radiological, labels }: ViewOptions) {
      niivue.opts.isRadiologicalConvention = radiological
      niivue.drawOpacity = { outline: almostTransparent, fill: 0.38, none: 0 }[labels]
      niivue.drawRimOpacity = labels === 'none' ? -1 : 0.95
      const [volume] = niivue.volumes
      if (volume !== undefined) {
        volume.cal_min = low
        volume.cal_max = high
      }
      niivue.updateGLVolume()
    },
    lookAt(place) {
      if (grid === undefined) return
      niivue.scene.crosshairPos = fraction(grid, place) as unknown as typeof niivue.scene.crosshairPos
      niivue.drawScene()
    },
    scroll({ plane }, voxels) {
      const step = slices.findIndex((slice) => slice.plane === plane)
      const axis = slices[step]?.through ?? 2
      niivue.moveCrosshairInVox(axis === 0 ? voxels : 0, axis === 1 ? voxels : 0, axis === 2 ? voxels : 0)
    },
    get tiles() {
      return grid === undefined ? [] : tilesOf(niivue, grid)
    },
    onDrawn: (listener) => drawnListeners.push(listener),
    onLook(listener) {
      niivue.onLocationChange = () => {
        if (grid !== undefined) listener(placeOf(grid, [...niivue.scene.crosshairPos] as unknown as Vector3))
      }
    },
    close() {
      niivue.cleanup()
      niivue.gl.getExtension('WEBGL_lose_context')?.loseContext()
    }
  }
}

/** What `NVImage.new` wants after the window: trust it; the file's own orientation; nothing else. */
const imageDefaults = [true, 0.02, false, false, '', 0, 1, Number.NaN, Number.NaN, false, null, 0, null] as const

/** NiiVue's fractions run from border to border of the grid; the first voxel's middle is half a voxel in. */
function fraction(grid: Geometry, place: Vector3): Vector3 {
  const [i, j, k] = applyAffine(indexFromWorld(grid), place)
  return [(i + 0.5) / grid.size[0], (j + 0.5) / grid.size[1], (k + 0.5) / grid.size[2]]
}

function placeOf(grid: Geometry, [x, y, z]: Vector3): Vector3 {
  const index: Vector3 = [x * grid.size[0] - 0.5, y * grid.size[1] - 0.5, z * grid.size[2] - 0.5]
  return applyAffine(worldFromIndex(grid), index)
}

function tilesOf(niivue: Niivue, grid: Geometry): SliceTile[] {
  const ratio = niivue.uiData.dpr ?? 1
  const crosshair = niivue.scene.crosshairPos
  return niivue.screenSlices.flatMap(({ axCorSag, leftTopWidthHeight, leftTopMM, fovMM }) => {
    const slice = slices.find((_, type) => type === Number(axCorSag))
    if (slice === undefined) return []
    const { across, up, through } = slice
    const [l = 0, t = 0, w = 0, h = 0] = leftTopWidthHeight.map((pixels) => pixels / ratio)
    // NiiVue mirrors a slice by a negative width.
    const mirrored = w < 0
    const [left, width] = mirrored ? [l + w, -w] : [l, w]
    // In NiiVue's own mm, which run along the axes of the grid.
    const along = (share: Vector3, axis: number): number => niivue.frac2mm(share as never, 0, false)[axis] as number
    const [low, high] = [[0, 0, 0] as const, [1, 1, 1] as const]
    const toShare = (axis: number, mm: number): number =>
      (mm - along(low, axis)) / (along(high, axis) - along(low, axis))
    return [
      {
        plane: slice.plane,
        left,
        top: t,
        width,
        height: h,
        locate(place) {
          const share = fraction(grid, place)
          const x = (along(share, across) - (leftTopMM[0] as number)) / (fovMM[0] as number)
          const y = (along(share, up) - (leftTopMM[1] as number)) / (fovMM[1] as number)
          const voxels = (share[through] - (crosshair[through] as number)) * grid.size[through]
          return {
            x: left + width * (mirrored ? 1 - x : x),
            y: t + h * (1 - y),
            depth: voxels * grid.spacing[through]
          }
        },
        placeAt(x, y, depthOf) {
          const xShare = (x - left) / width
          const mmAcross = (leftTopMM[0] as number) + (mirrored ? 1 - xShare : xShare) * (fovMM[0] as number)
          const mmUp = (leftTopMM[1] as number) + (1 - (y - t) / h) * (fovMM[1] as number)
          const share: [number, number, number] = [...fraction(grid, depthOf)]
          share[across] = toShare(across, mmAcross)
          share[up] = toShare(up, mmUp)
          return placeOf(grid, share)
        }
      }
    ]
  })
}

function niivueMesh({ mesh, color }: ShownSurface, gl: WebGL2RenderingContext): NVMesh {
  return new NVMesh(rasVertices(mesh), Uint32Array.from(mesh.triangles), '', Uint8Array.of(...color, 255), 1, true, gl)
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
  return Float32Array.from(vertices, (mm, at) => (at % 3 === 2 ? mm : -mm))
}

/** RGBA by label number. */
function labelColors(): Uint8ClampedArray {
  const colors = new Uint8ClampedArray(4 * 256)
  for (const { label, color } of parts) colors.set([...color, 255], 4 * label)
  return colors
}
