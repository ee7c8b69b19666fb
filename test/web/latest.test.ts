import { expect, test } from 'vitest'
import { latestOnly } from '../../web/latest.ts'

test('work that is asked for while it is done is done once more, for the latest state alone', async () => {
  let state = 0
  const seen: number[] = []
  let open: () => void = () => {}
  const ask = latestOnly(async () => {
    seen.push(state)
    await new Promise<void>((resolve) => {
      open = resolve
    })
  })
  const asked = [0, 1, 2, 3].map((now) => {
    state = now
    return ask()
  })
  expect(seen).toEqual([0])
  open()
  await expect.poll(() => seen).toEqual([0, 3])
  open()
  await Promise.all(asked)
  expect(seen).toEqual([0, 3])
})

test('after work that failed the next request is done', async () => {
  let fails = true
  const ask = latestOnly(async () => {
    if (fails) throw new Error('once')
  })
  await expect(ask()).rejects.toThrow('once')
  fails = false
  await expect(ask()).resolves.toBeUndefined()
})
