/** What the arrays of the catalogue reach in the mean ear, beside what is called typical of them. */
import { catalogue } from '../../src/electrode/catalogue.ts'
import { planArray } from '../../src/implant/plan/plan-array.ts'
import { traceDuct } from '../../src/measure/cochlea/cochlear-duct.ts'
import { trueEar } from '../../test/implant/known-ear.ts'

/** Degrees of the most apical contact; https://github.com/OtoBM/ZH-ECochG-Bode-Plot, Matlab_script/parameters.m. */
const typical: Readonly<Record<string, number>> = {
  flexsoft: 720,
  flex28: 580,
  flex24: 450,
  flex20: 360,
  ci622: 450,
  ci612: 390,
  ci632: 390,
  slimj: 425,
  midscala: 390
}

const duct = traceDuct(trueEar())
if (typeof duct === 'string') throw new Error(duct)
for (const array of catalogue) {
  const published = typical[array.id]
  if (published === undefined) continue
  const { coverage } = planArray(duct, array, undefined, undefined)
  console.log(`${array.id}: typical ${published}°, laid ${coverage?.angle.toFixed(0)}°`)
}
