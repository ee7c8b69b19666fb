import { InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import { millimetreRange, millimetres, names, severalOf, share, wholeNumber } from '../../src/cli/parsers.ts'

test.each<[string, (text: string) => unknown, string, unknown]>([
  ['a whole number', wholeNumber(1), '3', 3],
  ['the least of them', wholeNumber(0), '0', 0],
  ['the largest of them', wholeNumber(0, 65535), '65535', 65535],
  ['a share', share, '0.25', 0.25],
  ['a length', millimetres(50), '50', 50],
  ['a range', millimetreRange, '30,60', [30, 60]],
  ['several words', severalOf(['stl', 'glb']), 'GLB, stl', ['glb', 'stl']],
  ['one name', names, 'base', ['base']],
  ['several names', names, 'base, deep', ['base', 'deep']],
  ['none of them', severalOf(['stl', 'glb']), 'none', []]
])('%s is read', (_, parse, text, value) => {
  expect(parse(text)).toEqual(value)
})

test.each<[string, (text: string) => unknown, string, RegExp]>([
  ['half a number', wholeNumber(0), '1.5', /^is not a whole number of at least 0$/],
  ['too small a number', wholeNumber(1), '0', /of at least 1$/],
  ['too large a number', wholeNumber(0, 65535), '65536', /from 0 to 65535$/],
  ['no number', wholeNumber(0), 'many', /whole number/],
  ['nothing', wholeNumber(0), ' ', /whole number/],
  ['more than all', share, '1.1', /share/],
  ['less than nothing', share, '-0.1', /share/],
  ['no length', millimetres(), '0', /length in mm above 0$/],
  ['an endless length', millimetres(), 'Infinity', /length/],
  ['too great a length', millimetres(50), '51', /up to 50$/],
  ['one length for a range', millimetreRange, '30', /range/],
  ['a range the wrong way round', millimetreRange, '60,30', /range/],
  ['no name', names, '', /^is not names with commas between$/],
  ['a comma too much', names, 'base,', /names with commas/],
  ['a word that is none of them', severalOf(['stl', 'glb']), 'stl,vrml', /^"vrml" is not one of stl, glb or none$/]
])('%s is refused', (_, parse, text, says) => {
  expect(() => parse(text)).toThrow(InvalidArgumentError)
  expect(() => parse(text)).toThrow(says)
})
