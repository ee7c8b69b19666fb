import { setTimeout } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { InputError } from '../../src/core/errors.ts'
import { serveRequests } from '../../src/node/serve-requests.ts'

export type Work =
  | { readonly kind: 'greet'; readonly after: number }
  | { readonly kind: 'count'; readonly numbers: Float32Array }
  | { readonly kind: 'fail' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'end' }

let greeted = 0

serveRequests(async (work: Work, signal) => {
  if (work.kind === 'fail') throw new InputError('scan.nii', 'is broken')
  if (work.kind === 'end') process.exit()
  if (work.kind === 'wait') return setTimeout(60_000, undefined, { signal })
  if (work.kind === 'count') {
    return { sum: work.numbers.reduce((sum, one) => sum + one, 0), doubled: work.numbers.map((one) => 2 * one) }
  }
  await setTimeout(work.after)
  return `${workerData.greeting} ${++greeted}`
})
