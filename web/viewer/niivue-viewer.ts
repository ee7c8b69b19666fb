import { DRAG_MODE, Niivue, NVImage, NVMesh, SLICE_TYPE } from '@niivue/niivue'
import { parts } from '../../src/core/anatomy.ts'
import type { Geometry } from '../../src/core/geometry/geometry.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import type { Mesh } from '../../src/core/mesh/mesh.ts'
import { fractionOf, placeOf, slices, tilesOf } from './niivue-slices.ts'
import type { ShownSurface, Viewer, ViewOptions } from './viewer.ts'

/** Three slices and space, a quarter of the canvas each. */
const quarters = [
  { sliceType: SLICE_TYPE.AXIAL, position: [0, 0, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.CORONAL, position: [0.5, 0, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.SAGITTAL, position: [0, 0.5, 0.5, 0.5] },
  { sliceType: SLICE_TYPE.RENDER, position: [0.5, 0.5, 0.5, 0.5] }
] satisfies { sliceType: SLICE_TYPE; position: [number, number, number, number] }[]

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
    async show(image, newGrid, side) {
      grid = newGrid
      const bytes = image.slice().buffer
      const volume = await NVImage.new(bytes, 'scan.nii', 'gray', 1, null, -600, 2200, ...imageDefaults)
      niivue.addVolume(volume)
      niivue.createEmptyDrawing()
      niivue.drawLut = { lut: labelColors(), labels: [] }
      niivue.refreshColormaps()
      niivue.scene.renderAzimuth = azimuth[side]
      niivue.scene.renderElevation = 15
    },
    setLabels(labels) {
      niivue.drawBitmap = labels.slice()
      niivue.refreshDrawing(true)
    },
    setSurfaces(surfaces) {
      // NiiVue's own adding and removing would each time prepare the scan anew.
      for (const mesh of niivue.meshes) mesh.unloadMesh(niivue.gl)
      niivue.meshes = surfaces.map((surface) => niivueMesh(surface, niivue.gl))
      niivue.turned = sphereAround(niivue.meshes.map(({ pts }) => pts))
      niivue.drawScene()
    },
    setOptions({ low, high, radiological, labels }: ViewOptions) {
      niivue.opts.isRadiologicalConvention = radiological
      niivue.opts.sagittalNoseLeft = radiological
      niivue.drawOpacity = { outline: almostTransparent, fill: 0.38, none: 0 }[labels]
      niivue.drawRimOpacity = labels === 'none' ? -1 : 0.95
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
    scroll({ plane }, voxels) {
      const axis = slices.find((slice) => slice.plane === plane)?.through
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
