import { createHash } from 'node:crypto'
import type { analyze, analyzeWith } from '../../src/analyze/analyze.ts'
import type { Model } from '../../src/analyze/model.ts'
import type { AnalyzeOptions } from '../../src/analyze/options.ts'
import type { augmentTestTime } from '../../src/analyze/segment/test-time-augmentation.ts'
import type { MeasuredEar } from '../../src/measure/measured-ear.ts'
import type { Measurement } from '../../src/measure/measurement.ts'
import type { measureRepeat, withIntervals } from '../../src/measure/uncertainty.ts'

/**
 * For `vi.mock` of `analyze/analyze.ts`: what several commands analyse in the same way by one model is analysed once.
 * @param original imports the module that is mocked
 */
export async function analysedOnce(original: () => Promise<object>): Promise<object> {
  const module = (await original()) as { readonly analyze: typeof analyze }
  const models = new WeakMap<Model, Map<string, ReturnType<typeof analyze>>>()
  // Without a second thread, which changes nothing of what is found.
  const once: typeof analyzeWith = (scan, model, options) => {
    const asked = JSON.stringify([scan.geometry, askedOf(options)])
    const key = `${createHash('sha256').update(scan.data).digest('hex')} ${asked}`
    const findings = models.get(model) ?? new Map<string, ReturnType<typeof analyze>>()
    models.set(model, findings)
    const known = findings.get(key)
    if (known !== undefined) return options.signal?.aborted ? Promise.reject(options.signal.reason) : known
    const found = module.analyze(scan, model, options)
    findings.set(key, found)
    found.catch(() => findings.delete(key))
    return found
  }
  const analyzeOnce: typeof analyze = (scan, model, options = {}) => once(scan, model, options)
  return { ...module, analyze: analyzeOnce, analyzeWith: once }
}

/** What an analysis depends on: commands hand over, beside it, how a scan is called and what is written. */
function askedOf(options: AnalyzeOptions): Record<Exclude<keyof AnalyzeOptions, 'progress' | 'signal'>, unknown> {
  const { augment, augmentOutlines, augmentTestTime } = options
  return { augment, augmentOutlines, augmentTestTime }
}

/**
 * For `vi.mock` of `analyze/segment/test-time-augmentation.ts`, where nothing is asked of views from other frames: they
 * make landmarks finer and tell uncertainty.
 */
export async function oneView(original: () => Promise<object>): Promise<object> {
  const alone: typeof augmentTestTime = async (_scan, _segmenter, segmentation) => ({ segmentation, repeats: [] })
  return { ...(await original()), augmentTestTime: alone }
}

/** For `vi.mock` of `measure/uncertainty.ts`, beside `analysedOnce`: an ear that was found once, and its views, are measured once. */
export async function measuredOnce(original: () => Promise<object>): Promise<object> {
  const module = (await original()) as {
    readonly measureRepeat: typeof measureRepeat
    readonly withIntervals: typeof withIntervals
  }
  const once = <Rest extends unknown[]>(measure: (ear: MeasuredEar, ...rest: Rest) => Measurement[]) => {
    const known = new WeakMap<MeasuredEar, Measurement[]>()
    return (ear: MeasuredEar, ...rest: Rest): Measurement[] => {
      const measurements = known.get(ear) ?? measure(ear, ...rest)
      known.set(ear, measurements)
      return measurements
    }
  }
  return { ...module, measureRepeat: once(module.measureRepeat), withIntervals: once(module.withIntervals) }
}
