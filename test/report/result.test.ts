import { describe, expect, it } from 'vitest'
import { softwareVersion } from '../../src/core/version.ts'
import { createResult } from '../../src/report/create-result.ts'
import { analysisResult, resultSchema } from '../../src/report/result.ts'
import { knownEar, knownResult, measured, model, source } from './known-findings.ts'

describe('result.json', () => {
  it('gives landmarks in LPS mm and in voxels of the scan', () => {
    const { landmarks } = knownResult(['right']).ears[0] ?? expect.unreachable()
    expect(landmarks.helicotrema).toEqual({
      status: 'defined',
      position: [8, 17, -27.5],
      voxel: [4, 6, 2.5],
      confidence: 0.9
    })
    expect(landmarks.oval_window).toMatchObject({ position: [7.125, 16, -28], voxel: [5.75, 8, 2] })
    expect(landmarks.round_window).toEqual({ status: 'undefined', confidence: 0.05 })
  })

  it('gives the volume of each part and of the labyrinth in mm³', () => {
    const { volumes } = knownResult(['left']).ears[0] ?? expect.unreachable()
    expect(volumes).toEqual({ cochlea: 1, vestibule: 0.5, semicircular_canals: 0.25, labyrinth: 1.75 })
  })

  it('gives the topology of the surfaces', () => {
    const vertices = Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1)
    const closed = { vertices, triangles: Uint32Array.of(0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3) }
    const open = { vertices, triangles: closed.triangles.slice(3) }
    const parts = { cochlea: open, vestibule: closed, semicircular_canals: closed }
    const ear = { ...knownEar('left'), surfaces: { labyrinth: closed, parts } }
    const findings = { labels: ear.labels, ears: [ear], timings: [] }
    const { surfaces } = createResult(measured(findings), { source, model }).ears[0] ?? expect.unreachable()
    expect(surfaces.labyrinth).toEqual({ triangles: 4, closed: true, shells: 1, genus: 0 })
    expect(surfaces.cochlea).toEqual({ triangles: 3, closed: false, shells: 1, genus: null })
  })

  it('says how far a measurement lies from its reference in standard deviations', () => {
    const { measurements } = knownResult(['left']).ears[0] ?? expect.unreachable()
    const volume = measurements.find(({ id }) => id === 'labyrinth_volume') ?? expect.unreachable()
    expect(volume).toMatchObject({ value: 1.75, reference: { mean: 187, sd: 24 }, z: -7.72 })
    expect(measurements.find(({ id }) => id === 'cochlea_volume')).not.toHaveProperty('z')
    expect(measurements.find(({ id }) => id === 'a_value')).not.toHaveProperty('z')
  })

  it('holds the number of threads that the networks ran on, where it is known', () => {
    const threaded = { ...model, segmenter: { ...model.segmenter, threads: 3 } }
    const findings = measured({ labels: knownEar('left').labels, ears: [knownEar('left')], timings: [] })
    expect(analysisResult.parse(createResult(findings, { source, model: threaded })).threads).toBe(3)
    expect(createResult(findings, { source, model })).not.toHaveProperty('threads')
  })

  it('says that outlines are the mean of several views where the findings do', () => {
    const findings = measured({ labels: knownEar('left').labels, ears: [knownEar('left')], timings: [] })
    expect(analysisResult.parse(createResult({ ...findings, augmented: true }, { source, model })).augmented).toBe(true)
    expect(createResult(findings, { source, model })).not.toHaveProperty('augmented')
  })

  it('reads results that call the superior canal anterior', () => {
    const result = knownResult(['left'])
    const [ear] = result.ears
    const { superior, ...normals } = ear?.directions.canalNormals ?? expect.unreachable()
    const former = {
      ...result,
      ears: [
        {
          ...ear,
          directions: { ...ear?.directions, canalNormals: { anterior: superior, ...normals } },
          measurements: ear?.measurements.map((one) => ({ ...one, id: one.id.replace(/^superior_/, 'anterior_') }))
        }
      ]
    }
    expect(JSON.stringify(former)).toContain('anterior_posterior_canal_angle')
    expect(analysisResult.parse(former)).toEqual(analysisResult.parse(result))
  })

  it('says when the model was not calibrated, and nothing of it when it was', () => {
    const ids = (of: typeof model) =>
      createResult(measured({ labels: knownEar('left').labels, ears: [knownEar('left')], timings: [] }), {
        source,
        model: of
      }).flags.map(({ id }) => id)
    const { calibration: _, ...metadata } = model.segmenter.metadata
    expect(ids(model)).toEqual([])
    expect(ids({ ...model, segmenter: { ...model.segmenter, metadata } })).toEqual(['uncalibrated'])
  })

  it('names side, axes, input, model files with their hashes, software, and that it is research software', () => {
    const result = knownResult(['left'])
    expect(result.ears[0]).toMatchObject({
      side: 'left',
      sideConfidence: 0.9877,
      residual: 0.432,
      frame: { origin: [9, 18, -28], lateral: [1, 0, 0], anterior: [0, -1, 0], superior: [0, 0, 1] }
    })
    expect(result.input).toEqual({
      source: 'scans/head.nii.gz',
      format: 'nifti',
      size: [40, 40, 30],
      spacing: [0.5, 0.5, 1],
      origin: [10, 20, -30],
      direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1]
    })
    expect(result.model.detector).toEqual({
      name: 'analytic detector',
      file: 'detector.onnx',
      sha256: 'f'.repeat(64),
      trainingSeed: 7
    })
    expect(result.software).toEqual({ name: 'otomark', version: softwareVersion })
    expect(result.timings).toEqual([{ stage: 'detect', seconds: 1.23 }])
    expect(result.notice).toMatch(/not a medical device/i)
  })

  it('holds to its own schema, through JSON and back', () => {
    const result = knownResult(['right', 'left'])
    expect(analysisResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
  })

  it('is refused with a part missing, an unknown key or a confidence above one', () => {
    const good = knownResult(['right'])
    const { flags: _, ...incomplete } = good
    expect(analysisResult.safeParse(incomplete).success).toBe(false)
    expect(analysisResult.safeParse({ ...good, comment: '' }).success).toBe(false)
    const [ear] = good.ears
    expect(analysisResult.safeParse({ ...good, ears: [{ ...ear, sideConfidence: 1.1 }] }).success).toBe(false)
    expect(analysisResult.safeParse({ ...good, ears: [] }).success).toBe(false)
  })

  it('has a JSON Schema in the documentation that is up to date (vitest --update writes it)', async () => {
    const schema = `${JSON.stringify(resultSchema(), null, 2)}\n`
    await expect(schema).toMatchFileSnapshot('../../docs/result.schema.json')
  })
})
