import { dirname, resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { decodeCsv } from '../../io/csv.ts'
import { decodeText, maxTextBytes } from '../../io/decode-text.ts'
import { diskFiles } from '../../node/file-access.ts'
import { givenPath } from '../given-path.ts'
import type { CohortScan } from './cohort-scan.ts'

/** A scan as a list names it. */
interface ListedScan {
  /** As written in the list. */
  readonly path: string
  /** The user's name for it, if there is one, and the line it stands on. */
  readonly id?: { readonly name: string; readonly line: number }
  readonly series?: string
}

/**
 * The scans a list names: a text with a path on each line, or a .csv with a header and the columns `path` and, where
 * wanted, `id` and `series`. Paths are relative to the list's folder; lines that begin with # are left out.
 * @param keepFolders whether results may hold the folders of absolute paths, which often hold names of patients
 * @throws InputError when the list cannot be read, names no scan, or gives several one id
 */
export async function readScanList(path: string, keepFolders = false): Promise<CohortScan[]> {
  const text = decodeText(await diskFiles.read(path, maxTextBytes), path)
  const scans = path.toLowerCase().endsWith('.csv') ? tableRows(path, text) : textLines(text)
  if (scans.length === 0) throw new InputError(path, 'names no scan; write the path of one scan on each line')
  assertOwnIds(path, scans)
  const given = scans.map((scan) => printable(keepFolders ? scan.path : givenPath(scan.path)))
  const ids = distinct(scans.map(({ id }, n) => printable(id?.name ?? (given[n] as string))))
  return scans.map(({ path: listed, series }, n) => ({
    id: ids[n] as string,
    path: resolve(dirname(path), listed),
    given: given[n] as string,
    ...(series !== undefined && { series })
  }))
}

function textLines(text: string): ListedScan[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((path) => ({ path }))
}

function tableRows(list: string, text: string): ListedScan[] {
  const [head = [], ...rows] = decodeCsv(text, list)
  const columns = head.map((name) => name.trim().toLowerCase())
  if (!columns.includes('path')) {
    throw new InputError(list, 'has no column "path"; its first line must name the columns: path and, if wanted, id')
  }
  const cell = (row: readonly string[], name: string): string => row[columns.indexOf(name)]?.trim() ?? ''
  return rows.map((row, n) => {
    const line = n + 2
    const [path, name, series] = [cell(row, 'path'), cell(row, 'id'), cell(row, 'series')]
    if (path === '') throw new InputError(list, `row ${line} has no path`)
    return { path, ...(name !== '' && { id: { name, line } }), ...(series !== '' && { series }) }
  })
}

/** Two scans of one id would look like the two ears of one head. */
function assertOwnIds(list: string, scans: readonly ListedScan[]): void {
  const lines = new Map<string, number>()
  for (const { id } of scans) {
    const before = id && lines.get(id.name)
    if (id === undefined) continue
    if (before !== undefined) {
      throw new InputError(list, `rows ${before} and ${id.line} have one id, "${id.name}"; give each scan its own`)
    }
    lines.set(id.name, id.line)
  }
}

/** Numbers what is named twice: the second becomes `name (2)`. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let own = name
    for (let n = 2; taken.has(own); n++) own = `${name} (${n})`
    taken.add(own)
    return own
  })
}
