import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Files by their paths in a folder, with / between the names. */
export type FileSet = Readonly<Record<string, Uint8Array>>

/** One input: its files, and which of them, or which folder, is read. */
export interface FuzzInput {
  readonly files: FileSet
  /** '' for the folder itself. */
  readonly main: string
}

export function writeFileSet(folder: string, files: FileSet): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name)
    if (name.includes('/')) mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
}

/** Every file in a folder and below it. */
export function readFileSet(folder: string): FileSet {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort()
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), new Uint8Array(readFileSync(path))])
  )
}

export function sizeOf({ files }: FuzzInput): number {
  return Object.values(files).reduce((sum, { length }) => sum + length, 0)
}

export function textFile(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function jsonFile(value: unknown): Uint8Array {
  return textFile(JSON.stringify(value, null, 1))
}
