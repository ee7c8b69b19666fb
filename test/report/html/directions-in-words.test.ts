import { expect, test } from 'vitest'
import { directionsInWords, turnsInWords } from '../../../src/report/html/directions-in-words.ts'
import type { EarResult } from '../../../src/report/result.ts'
import { knownResult } from '../known-findings.ts'

type Vector = [number, number, number]

function wordsOf(side: 'left' | 'right', modiolarAxis: Vector, lateral: Vector): string[] {
  const ear = knownResult([side]).ears[0] as EarResult
  const canalNormals = { superior: null, posterior: null, lateral }
  return directionsInWords({ ...ear, directions: { modiolarAxis, canalNormals } })
}

test('a right and a left ear that are mirror images are told in the same words', () => {
  const left = wordsOf('left', [0.6, -0.75, -0.28], [0, 0, 1])
  expect(left).toEqual(wordsOf('right', [-0.6, -0.75, -0.28], [0, 0, 1]))
  expect(left[0]).toBe(
    'From base to apex the cochlea points forwards, outwards and slightly downwards; in axial slices its basal turn stands at 51° to the midsagittal plane.'
  )
})

test('the lateral canal rises to the front where its normal leans backwards', () => {
  const [sine, cosine] = [Math.sin(Math.PI / 6), Math.cos(Math.PI / 6)]
  expect(wordsOf('left', [0, -1, 0], [0, sine, cosine])[1]).toBe(
    'Against the axial slices the lateral canal is up in front by 30°.'
  )
  expect(wordsOf('left', [0, -1, 0], [0, -sine, cosine])[1]).toContain('down in front by 30°')
  expect(wordsOf('left', [0, -1, 0], [sine, 0, cosine])[1]).toContain(
    'level from front to back, and tilted to the right by 30°'
  )
})

test('turns are whole turns and the angle that is left', () => {
  expect([turnsInWords(962.2), turnsInWords(719.6), turnsInWords(360), turnsInWords(359)]).toEqual([
    '2 turns and 242°',
    '2 turns and 0°',
    '1 turn and 0°',
    '0 turns and 359°'
  ])
})
