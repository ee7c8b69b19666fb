/**
 * Errors of what the default model's predictions are measured as: `npx tsx studies/measurements/predicted.ts FOLDER
 * [CASES] [WORKERS]` analyses 80 generated scans in two processes (FOLDER holds what they found; a stopped run goes on)
 * and writes the errors to FOLDER/errors.json for compare.ts.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultModelFolder } from '../../src/node/model-folder.ts'
import { readAnalysed } from './analysed-ear.ts'

const [folder, cases = '80', workers = '2'] = process.argv.slice(2)
if (folder === undefined) throw new Error('name a folder for what is found')
mkdirSync(folder, { recursive: true })
const parts = Array.from({ length: Number(workers) }, (_, n) => join(folder, `part-${n}-of-${workers}.jsonl`))
await Promise.all(parts.map((file, n) => analyse([file, String(n), cases, workers])))
const segmenter = createHash('sha256')
  .update(readFileSync(join(defaultModelFolder, 'segmenter.onnx')))
  .digest('hex')
const ears = parts.flatMap((file) => readAnalysed(file, segmenter)).sort((a, b) => a.index - b.index)
writeFileSync(join(folder, 'errors.json'), `${JSON.stringify(ears.flatMap(({ errors }) => errors))}\n`)
const missed = ears.filter(({ errors }) => errors.length === 0).length
process.stdout.write(`${ears.length} scans, ${missed} without its ear found on its side\n`)

async function analyse(args: readonly string[]): Promise<void> {
  const child = spawn('npx', ['tsx', join(import.meta.dirname, 'analyse.ts'), ...args], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`analyse.ts ${args.join(' ')} ended with ${code}`)
}
