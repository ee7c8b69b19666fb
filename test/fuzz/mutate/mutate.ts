import { gunzipSync, gzipSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import type { Random } from '../../../src/core/math/random.ts'
import { type FileSet, type FuzzInput, jsonFile } from '../file-set.ts'
import { joined, mutateBytes } from './bytes.ts'
import { mutateJson } from './json.ts'
import { mutateText } from './text.ts'

/** Changes some files of an input. What is packed is changed inside as often as outside. */
export function mutate(input: FuzzInput, others: readonly FuzzInput[], random: Random): FuzzInput {
  const files: Record<string, Uint8Array> = { ...input.files }
  const names = Object.keys(files)
  const times = random.chance(0.8) ? 1 : random.integer(2, 5)
  for (let n = 0; n < times; n++) changeFile(files, random.pick(names), others, random)
  return { ...input, files }
}

function changeFile(
  files: Record<string, Uint8Array>,
  name: string,
  others: readonly FuzzInput[],
  random: Random
): void {
  const bytes = files[name] ?? new Uint8Array(0)
  const names = Object.keys(files)
  const other = random.pick(Object.values(random.pick(others).files)) ?? bytes
  // Of a hundred changes some are of whole files: one that is gone, that has another's content, or another's end.
  const choice = random.integer(0, 99)
  if (choice < 4 && names.length > 1) delete files[name]
  else if (choice < 6) files[random.pick(names)] = bytes
  else if (choice < 9) files[name] = other
  else if (choice < 12) files[name] = spliced(bytes, other, random)
  else files[name] = mutateFile(name, bytes, random)
}

/** The start of one file and the end of another. */
function spliced(bytes: Uint8Array, end: Uint8Array, random: Random): Uint8Array {
  const at = random.integer(0, bytes.length)
  return joined(bytes.subarray(0, at), end.subarray(random.integer(0, end.length)))
}

/** Changes a file's bytes, in the way that its name says. */
export function mutateFile(name: string, bytes: Uint8Array, random: Random): Uint8Array {
  const outside = random.chance(0.35)
  try {
    if (/\.gz$/.test(name) && !outside) {
      const inner = mutateFile(name.slice(0, -3), new Uint8Array(gunzipSync(bytes)), random)
      return new Uint8Array(gzipSync(inner, { level: 1 }))
    }
    if (/\.zip$/.test(name) && !outside) return mutateZip(bytes, random)
    if (/\.json$/.test(name) && !outside) {
      return jsonFile(mutateJson(JSON.parse(new TextDecoder().decode(bytes)), random))
    }
  } catch {
    // An earlier change broke it: go on outside.
  }
  if (/\.(json|jsonl|csv|txt|nrrd|nhdr|mha|mhd)$/.test(name) && random.chance(0.75)) return mutateText(bytes, random)
  return mutateBytes(bytes, random)
}

/** Far more than whole inputs have. */
const mostEntries = 1000

function mutateZip(bytes: Uint8Array, random: Random): Uint8Array {
  // An earlier change may have made the directory one of billions of entries, which fflate would go through.
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint16(bytes.length - 12, true) > mostEntries) {
    return mutateBytes(bytes, random)
  }
  const entries: FileSet = unzipSync(bytes)
  const name = random.pick(Object.keys(entries))
  const changed = { ...entries, [name]: mutateFile(name, entries[name] ?? new Uint8Array(0), random) }
  return zipSync(changed, { level: random.chance(0.5) ? 0 : 1 })
}
