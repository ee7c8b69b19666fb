import { earlessKinds } from '../../src/generate/sample/earless-kinds.ts'
import { type CaseOptions, caseOptions } from '../../src/generate/sample/options.ts'

export type CaseSetName = 'heads' | 'temporal bones' | 'turned any way' | 'dental' | 'no ear'

/** Cases of seeds that no network was trained or chosen on. */
export const caseSets: readonly { readonly name: CaseSetName; readonly seed: number; readonly count: number }[] = [
  { name: 'heads', seed: 9101, count: 60 },
  { name: 'temporal bones', seed: 9102, count: 80 },
  { name: 'turned any way', seed: 9103, count: 20 },
  { name: 'dental', seed: 9105, count: 40 },
  { name: 'no ear', seed: 9104, count: 210 }
]

/** Options of a case; those without an ear show one kind after another, every seventh a temporal bone without its ear. */
export function optionsOf(set: CaseSetName, index: number): CaseOptions {
  switch (set) {
    case 'heads':
      return caseOptions.parse({ heads: 1, finest: 0.4, anyOrientation: 0, maxVoxels: 3e6 })
    case 'temporal bones':
      return caseOptions.parse({ field: [30, 50], finest: 0.4, anyOrientation: 0, sheared: 0.05 })
    case 'turned any way':
      return caseOptions.parse({ field: [30, 50], finest: 0.4, anyOrientation: 1 })
    case 'dental':
      return caseOptions.parse({ dental: 1, finest: 0.3, maxVoxels: 3e6 })
    case 'no ear': {
      const kind = earlessKinds[index % (earlessKinds.length + 1)]
      if (kind === undefined) return caseOptions.parse({ field: [30, 50], finest: 0.4, withoutEar: 1 })
      return caseOptions.parse({ earless: 1, earlessKinds: [kind], finest: 0.5, maxVoxels: 1.5e6 })
    }
  }
}
