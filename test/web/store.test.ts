import { expect, test } from 'vitest'
import { createStore } from '../../web/store.ts'

test('what a listener does while it listens reaches all listeners after what it heard, so that none is left with an older state', () => {
  const store = createStore()
  const heard: [string | null, string | null][] = []
  store.listen(({ notice }) => {
    if (notice === 'first') store.dispatch({ type: 'notice', text: 'second' })
  })
  store.listen(({ notice }, before) => heard.push([before.notice, notice]))
  store.dispatch({ type: 'notice', text: 'first' })
  expect(heard.slice(1)).toEqual([
    [null, 'first'],
    ['first', 'second']
  ])
  expect(store.state.notice).toBe('second')
})

test('a listener that fails keeps no other change from being heard', () => {
  const store = createStore()
  const heard: (string | null)[] = []
  store.listen(({ notice }) => {
    if (notice === 'bad') throw new Error('cannot be shown')
  })
  store.listen(({ notice }) => heard.push(notice))
  expect(() => store.dispatch({ type: 'notice', text: 'bad' })).toThrow('cannot be shown')
  store.dispatch({ type: 'notice', text: 'good' })
  expect(heard.at(-1)).toBe('good')
})
