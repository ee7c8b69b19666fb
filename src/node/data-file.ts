import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathMeant } from '../io/named-file.ts'

/** The path of a file that a header at `path` names: as it is named, or, where there is none, the one file that is meant. */
export async function dataFileOf(path: string, name: string): Promise<string> {
  const named = resolve(dirname(path), name)
  if (existsSync(named)) return named
  // Of a file in a folder below, only that folder is looked into.
  const parts = name.split(/[/\\]/)
  const folder = resolve(dirname(path), ...parts.slice(0, -1))
  const meant = pathMeant(await readdir(folder).catch(() => []), parts.at(-1) ?? '')
  return meant === undefined ? named : join(folder, meant)
}
