import { z } from 'zod'
import { InputError } from '../core/errors.ts'
import { jsonIn } from './json.ts'

/** A float32 tensor of a safetensors file: its dimensions (none for a scalar) and its values, row-major. */
export interface StoredTensor {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** What a safetensors file holds: tensors by name, in order, and free text by key. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly metadata: Readonly<Record<string, string>>
}

const entrySchema = z.strictObject({
  dtype: z.literal('F32'),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()])
})
const headerSchema = z.looseObject({ __metadata__: z.record(z.string(), z.string()).optional() })

/** Largest header the format's own reader accepts, in bytes. */
const longestHeader = 100_000_000

/**
 * Float32 tensors and text as a safetensors file (format: huggingface/safetensors). The same input gives the same
 * bytes; the header is padded with spaces so that the tensors start at a multiple of 8.
 */
export function encodeSafetensors(file: SafetensorsFile): Uint8Array {
  const entries: Record<string, unknown> = {}
  if (Object.keys(file.metadata).length > 0) entries.__metadata__ = file.metadata
  let end = 0
  for (const [name, { dims, data }] of file.tensors) {
    if (name === '__metadata__') throw new RangeError('no tensor may be called __metadata__')
    if (product(dims) !== data.length) {
      throw new RangeError(`tensor ${name}: ${data.length} values do not fill ${dims.join(' × ')}`)
    }
    entries[name] = { dtype: 'F32', shape: dims, data_offsets: [end, end + 4 * data.length] }
    end += 4 * data.length
  }
  const text = new TextEncoder().encode(JSON.stringify(entries))
  const start = 8 + Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(text, 8)
  let at = start
  for (const { data } of file.tensors.values()) {
    new Float32Array(bytes.buffer, at, data.length).set(data)
    at += 4 * data.length
  }
  return bytes
}

/**
 * Reads a safetensors file of float32 tensors.
 * @param source the file's name, for messages
 * @throws InputError if it is truncated, holds another number type, or its offsets overlap, leave gaps or do not fit
 * the shapes.
 */
export function decodeSafetensors(bytes: Uint8Array, source: string): SafetensorsFile {
  const fail = (problem: string): never => {
    throw new InputError(source, `is not a usable safetensors file: ${problem}`)
  }
  if (bytes.length < 8) fail('it is too short')
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const start = 8 + length
  if (length > longestHeader || start > bytes.length) fail('it is truncated, or its header length is wrong')
  const header = headerSchema.safeParse(jsonIn(bytes.subarray(8, start)))
  if (!header.success) return fail('its header is not the expected JSON object')
  const { __metadata__: metadata = {}, ...entries } = header.data
  const tensors = new Map<string, StoredTensor>()
  const spans: [number, number][] = []
  for (const [name, entry] of Object.entries(entries)) {
    const parsed = entrySchema.safeParse(entry)
    if (!parsed.success) return fail(`tensor ${name} is not described as float32 with a shape and offsets`)
    const [from, to] = parsed.data.data_offsets
    if (to - from !== 4 * product(parsed.data.shape) || start + to > bytes.length) {
      fail(`tensor ${name} does not fit its shape or the file`)
    }
    spans.push([from, to])
    tensors.set(name, {
      dims: parsed.data.shape,
      data: new Float32Array(Uint8Array.from(bytes.subarray(start + from, start + to)).buffer)
    })
  }
  let end = 0
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) fail('its tensors overlap or leave gaps')
    end = to
  }
  if (start + end !== bytes.length) fail('its length is not that of its tensors')
  return { tensors, metadata }
}

function product(dims: readonly number[]): number {
  return dims.reduce((a, b) => a * b, 1)
}
