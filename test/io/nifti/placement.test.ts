import { describe, expect, test } from 'vitest'
import { createGeometry, sameGrid } from '../../../src/core/geometry/geometry.ts'
import { decodeNifti } from '../../../src/io/nifti/decode.ts'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { expectFailure } from '../../support/expect-error.ts'
import { smallGrid, smallScan } from '../../support/small-scan.ts'

type Edit = (view: DataView) => void

const at = {
  qfac: 76,
  pixdim: 80,
  offset: 108,
  slope: 112,
  qcode: 252,
  scode: 254,
  quaternion: 256,
  qoffset: 268,
  srow: 280
}
const codes =
  (qform: number, sform: number): Edit =>
  (view) => {
    view.setInt16(at.qcode, qform, true)
    view.setInt16(at.scode, sform, true)
  }
const reals =
  (start: number, ...values: readonly number[]): Edit =>
  (view) => {
    for (const [n, value] of values.entries()) view.setFloat32(start + 4 * n, value, true)
  }
const all =
  (...edits: readonly Edit[]): Edit =>
  (view) => {
    for (const edit of edits) edit(view)
  }
const cell = (view: DataView, row: number, column: number): number =>
  view.getFloat32(at.srow + 16 * row + 4 * column, true)
/** Adds a part of the sform's first axis to its third. */
const sheared =
  (part: number): Edit =>
  (view) => {
    for (const row of [0, 1, 2]) reals(at.srow + 16 * row + 8, cell(view, row, 2) + part * cell(view, row, 0))(view)
  }
/** Reverses the sform's first axis about the middle of the grid, so that voxels stay in place but change sides. */
const mirrored: Edit = (view) => {
  for (const row of [0, 1, 2]) {
    reals(at.srow + 16 * row + 12, cell(view, row, 3) + 16 * cell(view, row, 0))(view)
    reals(at.srow + 16 * row, -cell(view, row, 0))(view)
  }
}
const moved =
  (mm: number): Edit =>
  (view) =>
    reals(at.srow + 12, cell(view, 0, 3) + mm)(view)

async function read(edit: Edit) {
  const bytes = encodeNifti(smallScan())
  edit(new DataView(bytes.buffer, bytes.byteOffset))
  const notes: string[] = []
  const { geometry, data } = await decodeNifti(bytes, 'a.nii', undefined, (text) => void notes.push(text))
  return { geometry, data, notes }
}

async function expectPlaced(edit: Edit, ...notes: readonly RegExp[]): Promise<void> {
  const outcome = await read(edit)
  expect(outcome.notes).toEqual(notes.map((words) => expect.stringMatching(words)))
  expect(sameGrid(outcome.geometry, smallGrid, 1e-3)).toBe(true)
}

const refused = (edit: Edit, says: RegExp) => expectFailure(read(edit), { name: 'InputError', exitCode: 3, says })

describe('an sform beside a qform', () => {
  test.each([1, 2])('that is sheared and moves voxels is refused where it leads to a scanner (code %i)', (code) =>
    refused(
      all(codes(1, code), sheared(0.1)),
      /sform is sheared and puts voxels up to 0\.\d\d mm from where its qform does; export/
    )
  )

  test.each([1, 2, 3, 4, 5])(
    'of voxels of 1 mm without rotation (code %i) gives way with a note, though it is mirrored against the qform',
    (code) =>
      expectPlaced(
        all(codes(1, code), reals(at.srow, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)),
        /its sform has voxels of 1 × 1 × 1 mm, its pixdim .*: the qform is taken/
      )
  )

  test('that is sheared by so little that no voxel moves gives way in silence', () => expectPlaced(sheared(0.003)))

  test.each([3, 4, 5])('that leads to a template (code %i) gives way, with a note where voxels move', async (code) => {
    await expectPlaced(codes(1, code))
    await expectPlaced(
      all(codes(1, code), moved(7)),
      new RegExp(`template \\(code ${code}\\).* 7\\.00 mm.*qform is taken`)
    )
    await expectPlaced(all(codes(1, code), sheared(0.1)), /template.*qform is taken/)
  })

  test.each([1, 2, 3, 4, 5])('that is mirrored is refused, whatever its code (%i)', (code) =>
    refused(all(codes(1, code), mirrored), /sform is mirrored against its qform, so left cannot be told from right/)
  )

  test.each([1, 4])('that places no grid (code %i) gives way, with a note', async (code) => {
    const zeros = Array<number>(12).fill(0)
    await expectPlaced(all(codes(1, code), reals(at.srow, ...zeros)), /sform puts all voxels into one plane: the qform/)
    await expectPlaced(
      all(codes(1, code), reals(at.srow + 4, Number.NaN)),
      /sform holds a value that is not.*: the qform/
    )
    const doubled: Edit = (view) => {
      for (const row of [0, 1, 2]) reals(at.srow + 16 * row + 4, cell(view, row, 0))(view)
    }
    await expectPlaced(all(codes(1, code), doubled), /sform puts all voxels into one plane: the qform/)
  })

  test('of other voxel sizes than pixdim gives way to the qform, whose sizes those are', async () => {
    const wide: Edit = (view) => {
      for (const row of [0, 1, 2]) reals(at.srow + 16 * row, 2 * cell(view, row, 0))(view)
    }
    await expectPlaced(wide, /sform has voxels of 0\.62.*qform is taken, whose voxels are those of pixdim/)
  })

  test('that lies elsewhere is taken, with a note', async () => {
    const { geometry, notes } = await read(moved(3))
    expect(geometry.origin[0]).toBeCloseTo(smallGrid.origin[0] - 3, 3)
    expect(notes).toEqual([expect.stringMatching(/up to 3\.00 mm apart: the sform is taken/)])
  })
})

describe('a qform that places no grid', () => {
  const flaws: readonly [what: string, edit: Edit, says: RegExp][] = [
    ['a quaternion longer than rounding explains', reals(at.quaternion, 0.9, 0.9, 0.9), /qform is no rotation.*0\.9/],
    ['a quaternion that is no number', reals(at.quaternion, Number.NaN), /qform holds a value that is not/],
    ['a handedness that is no number', reals(at.qfac, Number.NaN), /qform holds a value that is not/],
    ['an infinite offset', reals(at.qoffset, Number.POSITIVE_INFINITY), /qform holds a value that is not/],
    ['no voxel size', reals(at.pixdim, 0, 0, 0), /qform has voxels of 0 × 0 × 0 mm/],
    ['a negative voxel size', reals(at.pixdim, -0.31), /qform has voxels of -0\.31/]
  ]

  test.each(flaws)('(%s) is refused where it is alone', (_, edit, says) => refused(all(codes(1, 0), edit), says))

  test.each(flaws)('(%s) gives way to the sform, with a note', async (_, edit, says) => {
    const outcome = await read(edit)
    expect(outcome.notes).toHaveLength(1)
    expect(outcome.notes[0]).toMatch(says)
    expect(outcome.notes[0]).toMatch(/: the sform is taken$/)
    expect(sameGrid(outcome.geometry, smallGrid, 1e-3)).toBe(true)
  })

  test('is refused beside an sform that places none either, and both are named', () =>
    refused(
      all(reals(at.quaternion, 2), reals(at.srow + 4, Number.NaN)),
      /its sform .*, its qform .*left cannot be told/
    ))

  test('by no more than rounding is read', () => {
    const half = createGeometry({ ...smallGrid, direction: [-1, 0, 0, 0, 1, 0, 0, 0, -1] })
    const bytes = encodeNifti(smallScan(half))
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    codes(1, 0)(view)
    reals(at.quaternion + 4, view.getFloat32(at.quaternion + 4, true) * 1.0005)(view)
    return expect(decodeNifti(bytes, 'a.nii')).resolves.toSatisfy(({ geometry }) => sameGrid(geometry, half, 1e-2))
  })
})

test.each([1, 2])('a voxel size of 0 is taken from the sform where there is no qform (code %i)', (code) =>
  expectPlaced(all(codes(0, code), reals(at.pixdim, 0, 0, 0)), /its pixdim 0 × 0 × 0 mm: the sform is taken/)
)

test('a grid that has no other place than in a template is read with a note', async () => {
  await expectPlaced(codes(0, 4), /in the space of a template \(code 4\), which may stretch the head/)
  await expectPlaced(codes(3, 4), /in the space of a template \(code 3\)/)
})

test.each([0, 348, 351])('voxels said to start at byte %i, within the header, are refused', (byte) =>
  refused(reals(at.offset, byte), new RegExp(`places the voxels at byte ${byte}, where they start at 352 or later`))
)

test('a slope that is infinite is refused, one that is no number is none', async () => {
  await refused(reals(at.slope, Number.POSITIVE_INFINITY, 0), /slope Infinity and intercept 0 are not finite/)
  expect((await read(reals(at.slope, Number.NaN, Number.NaN))).data).toEqual(smallScan().data)
})
