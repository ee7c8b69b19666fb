import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOfStep, slotOf } from '../../../src/train/samples/pool.ts'

const pools = fc.record({ size: fc.integer({ min: 1, max: 9 }), reuse: fc.integer({ min: 1, max: 7 }) })

test('a case gives `reuse` samples, other numbers only at the start, and never comes back', () => {
  fc.assert(
    fc.property(pools, (pool) => {
      const steps = 4 * pool.size * pool.reuse
      const uses = new Map<number, number>()
      const slots = new Map<number, number>()
      for (let step = 0; step < steps; step++) {
        const index = caseOfStep(pool, step)
        uses.set(index, (uses.get(index) ?? 0) + 1)
        expect(index, 'an earlier case comes back').toBeGreaterThanOrEqual(slots.get(slotOf(pool, index)) ?? 0)
        slots.set(slotOf(pool, index), index)
      }
      const newest = Math.max(...uses.keys())
      for (const [index, count] of uses) {
        if (index >= pool.size && index <= newest - pool.size) expect(count).toBe(pool.reuse)
      }
      expect(uses.size, 'no case is left out').toBe(newest + 1)
    })
  )
})

test('no step asks for more than one new case in `reuse` of them, from the first one on', () => {
  fc.assert(
    fc.property(pools, fc.nat(500), (pool, step) => {
      const seen = Array.from({ length: step + 1 }, (_, n) => caseOfStep(pool, n))
      expect(new Set(seen).size).toBeLessThanOrEqual(Math.floor(step / pool.reuse) + 1)
    })
  )
})

test('neighbouring steps use different cases once the pool is full', () => {
  for (let step = 15; step < 100; step++) {
    expect(caseOfStep({ size: 4, reuse: 5 }, step)).not.toBe(caseOfStep({ size: 4, reuse: 5 }, step + 1))
  }
})
