import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOfStep } from '../../../src/train/samples/pool.ts'

const pools = fc.record({ size: fc.integer({ min: 1, max: 9 }), reuse: fc.integer({ min: 1, max: 7 }) })

test('a case gives `reuse` samples, fewer only at the start, and never comes back', () => {
  fc.assert(
    fc.property(pools, (pool) => {
      const steps = 4 * pool.size * pool.reuse
      const uses = new Map<number, number[]>()
      for (let step = 0; step < steps; step++) {
        const index = caseOfStep(pool, step)
        uses.set(index, [...(uses.get(index) ?? []), step])
      }
      for (const [index, at] of uses) {
        const first = index < pool.size
        const last = index >= Math.max(...uses.keys()) - pool.size + 1
        if (!first && !last) expect(at).toHaveLength(pool.reuse)
        else expect(at.length).toBeLessThanOrEqual(pool.reuse)
        expect(at.every((step) => step % pool.size === index % pool.size)).toBe(true)
      }
    })
  )
})

test('neighbouring steps use different cases when the pool has more than one', () => {
  for (let step = 0; step < 100; step++) {
    expect(caseOfStep({ size: 4, reuse: 5 }, step)).not.toBe(caseOfStep({ size: 4, reuse: 5 }, step + 1))
  }
})
