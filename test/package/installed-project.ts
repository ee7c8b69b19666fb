import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a command ended with. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A user's project, outside the repository and its .npmrc, with nothing of this repository but the packed package. */
export interface Installation {
  readonly base: string
  readonly folder: string
  /** The packed package. */
  readonly tarball: string
  /** What `npm install` of it ended with. */
  readonly outcome: Outcome
}

/** What is done in a user's project. */
export interface Project {
  readonly folder: string
  run(command: string, ...words: string[]): Promise<Outcome>
  runWith(environment: Readonly<Record<string, string>>, command: string, ...words: string[]): Promise<Outcome>
  write(name: string, text: string): Promise<void>
}

/** Packs the package and installs it into an empty project, as a user types it. */
export async function installPackage(): Promise<Installation> {
  const base = await mkdtemp(join(tmpdir(), 'otomark-package-'))
  const folder = join(base, 'project')
  await mkdir(folder)
  const packed = await execute(root, {}, 'npm', 'pack', '--pack-destination', base)
  if (packed.code !== 0) throw new Error(packed.err)
  const tarball = join(base, (await readdir(base)).find((name) => name.endsWith('.tgz')) ?? '')
  await writeFile(join(folder, 'package.json'), '{ "name": "project", "private": true, "type": "module" }\n')
  await cp(join(root, 'examples/generated-ear.nii.gz'), join(folder, 'scan.nii.gz'))
  return { base, folder, tarball, outcome: await execute(folder, {}, 'npm', 'install', tarball) }
}

export function projectIn(folder: string): Project {
  return {
    folder,
    run: (command, ...words) => execute(folder, {}, command, ...words),
    runWith: (environment, command, ...words) => execute(folder, environment, command, ...words),
    write: (name, text) => writeFile(join(folder, name), text)
  }
}

/** The fenced TypeScript of a Markdown file. */
export async function markdownExamples(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code as string)
}

/** Runs without what npm tells the scripts it runs, so that this repository's settings do not reach the project. */
function execute(
  cwd: string,
  environment: Readonly<Record<string, string>>,
  command: string,
  ...words: string[]
): Promise<Outcome> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|onnxruntime_|init_cwd$|node_options$|node_env$|vitest|test$|ort_)/i.test(name)
  )
  const options = { cwd, env: { ...Object.fromEntries(kept), ...environment }, maxBuffer: 64 * 2 ** 20 }
  return new Promise((resolve) => {
    execFile(command, words, options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, out, err })
    })
  })
}
