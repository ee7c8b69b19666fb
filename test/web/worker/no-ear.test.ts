import { expect, test, vi } from 'vitest'
import { NoEarError } from '../../../src/core/errors.ts'
import { AnalysisService } from '../../../web/worker/analysis-service.ts'
import { boneScan, groundTruthModel } from '../../analyze/analytic-network.ts'
import { nrrdBytes } from '../../support/image-bytes.ts'

vi.mock('../../../web/worker/open-model.ts', () => ({ openPageModel: async () => groundTruthModel([]) }))

test('where the page finds no ear, it says what was noted when the scan was read', async () => {
  const { geometry, data } = boneScan([0, 0, 0], [40, 40, 40], [0.6, 0.6, 0.6])
  // A ball of bone in air.
  const ball = data.map((bone, at) =>
    Math.hypot((at % 40) - 20, (Math.floor(at / 40) % 40) - 20, at / 1600 - 20) < 15 ? bone + 500 : (at % 11) - 1000
  )
  const bytes = nrrdBytes({ geometry, data: ball }, { fields: { 'space origin': undefined } })
  const input = [{ path: 'bone.nrrd', file: new File([bytes as Uint8Array<ArrayBuffer>], 'bone.nrrd') }]
  const request = { engine: { provider: 'wasm', threads: 1 }, base: 'http://localhost/', input } as const
  const analysis = new AnalysisService().analyze(request, { progress() {}, read() {}, choose: async () => '' })
  await expect(analysis).rejects.toThrow(NoEarError)
  await expect(analysis).rejects.toThrow(/noted when it was read: it does not say where it lies \(space origin\)/)
})
