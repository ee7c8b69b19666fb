import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type Variation, variationsOf } from '../../src/study/expand.ts'
import { parseStudy } from '../../src/study/specification.ts'

function variationsIn(path: string): Variation[] {
  const file = fileURLToPath(new URL(`../../studies/${path}`, import.meta.url))
  return variationsOf(parseStudy(JSON.parse(readFileSync(file, 'utf8')), file), file)
}

test('the ablation has 43 variations, the single-task twins, and a base that both tasks share', () => {
  const [base, ...variations] = variationsIn('ablation/study.json')
  const twins = variations.filter(({ group }) => group === 'single task')
  expect(variations).toHaveLength(43 + 2)
  expect(twins.map(({ configuration: { network } }) => [network.classes, network.landmarks])).toEqual([
    [4, 0],
    [0, 3]
  ])
  expect(base?.configuration.network).toMatchObject({ classes: 4, landmarks: 3 })
})

interface Change {
  readonly path: string
  readonly changed: Partial<Variation['configuration']>
}

const changes: Change[] = [
  { path: 'ablation/budget.json', changed: { name: 'ablation-budget', steps: 2400 } },
  {
    path: 'ablation/fine.json',
    changed: { name: 'ablation-fine', grid: { size: [56, 64, 64], spacing: 0.3, frame: 'ear', center: [0, -0.5, 1.2] } }
  },
  { path: 'ablation/single-task.json', changed: {} }
]

test.each(changes)('$path repeats variations of the ablation, and changes nothing else', ({ path, changed }) => {
  const ablation = variationsIn('ablation/study.json')
  const [base, ...variations] = variationsIn(path)
  expect(variations.length).toBeGreaterThan(0)
  for (const { name, configuration } of [base, ...variations] as Variation[]) {
    const same = ablation.find((one) => one.name === name)?.configuration
    expect(configuration, name).toEqual({ ...same, ...changed })
  }
})
