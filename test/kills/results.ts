import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What names a time, which differs from run to run: in results, pages and records of inputs. */
const times = /"seconds": [\d.]+|<dt>Made<\/dt><dd>[^<]*<\/dd>|analysed in [\d.]+ s/g

/** Files that tell how far a run has come: whole, but others until it has ended. Logs hold times. */
const running =
  /^(log\.jsonl|events\.out.*|checkpoint\.safetensors|model\.onnx|best\.onnx|cohort\.(csv|html)|errors\.csv)$/
const withTimes = /^(log\.jsonl|events\.out.*)$/

/** Files by their paths in a folder; hidden ones are not results. */
function namesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((name) => !isHidden(name))
    .sort()
}

function isHidden(path: string): boolean {
  return path.split(/[/\\]/).some((name) => name.startsWith('.'))
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [readFileSync(a, 'latin1'), readFileSync(b, 'latin1')]
  return one === other || one.replaceAll(times, '') === other.replaceAll(times, '')
}

/** Files that a killed run left under their names and that are not as those of a run that was not killed. */
export function onlyWhole(folder: string, straight: string): string[] {
  const wrong = namesIn(folder).filter((name) => {
    const base = name.split(/[/\\]/).at(-1) as string
    if (running.test(base) || withTimes.test(base))
      return readFileSync(join(folder, name)).length === 0 && !/csv$/.test(base)
    return !existsSync(join(straight, name)) || !isSame(join(folder, name), join(straight, name))
  })
  // A case's record takes its name last.
  const records = namesIn(folder).filter((name) => /[/\\]case\.json$/.test(name))
  const partial = records.filter((name) => {
    const place = name.slice(0, -'case.json'.length)
    return namesIn(join(folder, place)).join() !== namesIn(join(straight, place)).join()
  })
  return [
    ...wrong.map((name) => `${name} is not whole`),
    ...partial.map((name) => `${name} beside a part of its files`)
  ]
}

/** In what a folder differs from that of a run that was not killed. */
export function differences(folder: string, straight: string): string[] {
  const count = (names: readonly string[]): string[] => names.filter((name) => !withTimes.test(name))
  const [found, wanted] = [count(namesIn(folder)), count(namesIn(straight))]
  const missing = wanted.filter((name) => !found.includes(name)).map((name) => `${name} is missing`)
  const more = found.filter((name) => !wanted.includes(name)).map((name) => `${name} is too many`)
  const other = found.filter((name) => wanted.includes(name) && !isSame(join(folder, name), join(straight, name)))
  return [...missing, ...more, ...other.map((name) => `${name} differs`)]
}

/** Temporary and hidden files and folders: nothing of them may stay when a run has ended. */
export function leftOver(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => isHidden(name) || name.endsWith('.tmp')).map((name) => `${name} is left over`)
}
