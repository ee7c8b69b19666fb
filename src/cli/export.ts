import { resolve } from 'node:path'
import { Command } from 'commander'
import { InputError, UsageError } from '../core/errors.ts'
import { decodeModel, encodeModel } from '../network/model-file.ts'
import { readBytes, readBytesIfThere } from '../node/read-file.ts'
import { writeFileAtomically } from '../node/write-file.ts'

interface ExportFlags {
  readonly output: string
  readonly half: boolean
}

/** `otomark export`: a model file rewritten, in half the size or back in the full one. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Rewrite a model file as plain ONNX, its weights in single precision or, with --half, in half.')
    .argument('<model>', 'an .onnx file that otomark wrote, such as models/default/segmenter.onnx')
    .requiredOption('--output <file>', 'the new .onnx file')
    .option('--half', 'round the weights to half precision: half the size; see docs/reference/model-file.md', false)
    .action(exportModel)
}

async function exportModel(path: string, { output, half }: ExportFlags): Promise<void> {
  const bytes = await readBytes(path)
  const { metadata, weights } = decodeModel(bytes, path)
  const exported = encodeModel(metadata, weights, half ? 'float16' : 'float32')
  await assertReplaceable(path, output)
  await writeFileAtomically(output, exported)
  process.stdout.write(`${output}: ${megabytes(exported)}; ${path} has ${megabytes(bytes)}\n`)
}

/** Makes sure that nothing but another exported model would be replaced. */
async function assertReplaceable(path: string, output: string): Promise<void> {
  if (resolve(output) === resolve(path)) {
    throw new UsageError(`--output ${output}: is the model itself, which would be replaced; choose another name`)
  }
  const older = await readBytesIfThere(output)
  if (older === undefined) return
  try {
    decodeModel(older, output)
  } catch (cause) {
    throw new InputError(output, 'is no model of otomark and would be replaced; choose another name', { cause })
  }
}

function megabytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1e6).toFixed(2)} MB`
}
