import { expect, test } from 'vitest'
import { plotDistribution, type Sample } from '../../../src/report/cohort/distribution.ts'

function samples(count: number): Sample[] {
  return Array.from({ length: count }, (_, n) => ({ value: 100 + (n % 10), title: `ear ${n}`, href: `${n}.html` }))
}

test('of a few ears each is a dot, over an axis with numbers and the band of real ears', () => {
  const drawing = plotDistribution(samples(12), 'mm³', { mean: 104, sd: 5 })
  expect(drawing.match(/<circle class="ear"/g)).toHaveLength(12)
  expect(drawing).toContain('class="band"')
  expect(drawing).not.toContain('class="bar"')
  expect([...drawing.matchAll(/>(\d+)<\/text>/g)].map(([, tick]) => Number(tick))).toEqual([90, 95, 100, 105, 110, 115])
})

test('ears of the same value stand upon each other', () => {
  const same = Array.from({ length: 4 }, () => ({ value: 7, title: '', href: '' }))
  const heights = [...plotDistribution(same, 'mm').matchAll(/cy="([\d.]+)"/g)].map(([, y]) => y)
  expect(new Set(heights).size).toBe(4)
})

test('ears that are alike look alike: the axis reaches five hundredths of the median to both sides', () => {
  const alike = [80.97, 81.01].map((value) => ({ value, title: '', href: '' }))
  const drawing = plotDistribution(alike, 'mm³')
  const ticks = [...drawing.matchAll(/>([\d.]+)<\/text>/g)].map(([, tick]) => Number(tick))
  expect(Math.min(...ticks)).toBeLessThan(77)
  expect(Math.max(...ticks)).toBeGreaterThan(85)
  expect(plotDistribution(alike.slice(1), 'mm³')).toContain('aria-label="1 ear, median 81.0 mm³"')
})

test('many ears are a histogram that counts every one, and only outliers are dots', () => {
  const far: Sample = { value: 400, title: 'far', href: 'far.html' }
  const drawing = plotDistribution([...samples(200), far], 'mm³')
  const counts = [...drawing.matchAll(/<title>(\d+) ears?<\/title>/g)].map(([, count]) => Number(count))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(201)
  expect(drawing.match(/<circle/g)).toHaveLength(1)
  expect(drawing).toContain('<a href="far.html">')
})
