import { expect, it } from 'vitest'
import { z } from 'zod'
import { schemaFaults } from '../../src/core/schema-faults.ts'

const schema = z.strictObject({
  format: z.literal('list'),
  kind: z.enum(['a', 'b']),
  arrays: z.array(
    z.strictObject({
      name: z.string().min(2),
      contacts: z.int().min(2).max(64),
      length: z.number().positive().optional(),
      id: z.string().regex(/^[a-z]+$/, 'of small letters')
    })
  )
})

it('says in plain words what is missing, of another kind, out of range or not known, and where', () => {
  const value = {
    format: 'other',
    kind: 'c',
    arrays: [{ name: 'x', contacts: 65, length: 0, id: 'A' }, { name: 3, contacts: 2.5, id: 'a', lenght: 4 }, {}]
  }
  expect(schemaFaults(schema, value)).toEqual([
    'format: must be list',
    'kind: must be one of a, b',
    'arrays[0].name: must have at least 2 letters',
    'arrays[0].contacts: must be at most 64',
    'arrays[0].length: must be more than 0',
    'arrays[0].id: of small letters',
    'arrays[1].name: must be text',
    'arrays[1].contacts: must be a whole number',
    'arrays[1]: has unknown keys: lenght',
    'arrays[2].name: is missing',
    'arrays[2].contacts: is missing',
    'arrays[2].id: is missing'
  ])
  expect(schemaFaults(schema, [])).toEqual(['must be an object with keys and values'])
  expect(schemaFaults(schema, { format: 'list', kind: 'a', arrays: [] })).toEqual([])
})

it('names the choices where one key says which of several forms a value has', () => {
  const union = z.discriminatedUnion('name', [
    z.strictObject({ name: z.literal('adam'), rate: z.number() }),
    z.strictObject({ name: z.literal('sgd') })
  ])
  expect(schemaFaults(union, { name: 'adm' })).toEqual(['name: must be one of adam, sgd'])
  expect(schemaFaults(union, { name: 'adam' })).toEqual(['rate: is missing'])
})
