import { describe, expect, test } from 'vitest'
import { hounsfieldUnits, readVoxels, type VoxelType } from '../../src/io/voxels.ts'

describe('stored voxels', () => {
  test.each<[VoxelType, (view: DataView, value: number, little: boolean) => void]>([
    ['int16', (view, value, little) => view.setInt16(1, value, little)],
    ['uint16', (view, value, little) => view.setUint16(1, value, little)],
    ['int32', (view, value, little) => view.setInt32(1, value, little)],
    ['uint32', (view, value, little) => view.setUint32(1, value, little)],
    ['float32', (view, value, little) => view.setFloat32(1, value, little)],
    ['float64', (view, value, little) => view.setFloat64(1, value, little)]
  ])('of type %s are read in both byte orders, aligned or not', (type, write) => {
    for (const little of [true, false]) {
      const bytes = new Uint8Array(16)
      write(new DataView(bytes.buffer), 1234, little)
      expect([...readVoxels(bytes, 1, 1, type, little)]).toEqual([1234])
    }
  })

  test('are not copied where they can be used as they lie', () => {
    const bytes = new Uint8Array(8)
    expect(readVoxels(bytes, 2, 3, 'int16', true).buffer).toBe(bytes.buffer)
  })
})

describe('Hounsfield units', () => {
  const units = (stored: Parameters<typeof hounsfieldUnits>[1], slope = 1, intercept = 0) =>
    hounsfieldUnits('a.nii', stored, slope, intercept)

  test('are int16 where every value is whole and fits', () => {
    expect(units(Uint16Array.of(0, 4095), 1, -1024)).toEqual(Int16Array.of(-1024, 3071))
    expect(units(Int32Array.of(-1000, 3000))).toEqual(Int16Array.of(-1000, 3000))
    expect(units(Uint8Array.of(0, 200), -2, 0)).toEqual(Int16Array.of(0, -400))
  })

  test('are float32 where they are fractions or do not fit', () => {
    expect(units(Uint16Array.of(0, 65535))).toEqual(Float32Array.of(0, 65535))
    expect(units(Int16Array.of(1, 2), 0.5, 0)).toEqual(Float32Array.of(0.5, 1))
    expect(units(Float64Array.of(1, 2.5))).toEqual(Float32Array.of(1, 2.5))
  })

  test('share the memory of int16 and float32 voxels that need no rescaling', () => {
    const whole = Int16Array.of(1, 2)
    const real = Float32Array.of(1, 2)
    expect(units(whole)).toBe(whole)
    expect(units(real)).toBe(real)
  })
})
