import { dirname, resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { decodeCsv } from '../../io/csv.ts'
import { decodeText, maxTextBytes } from '../../io/decode-text.ts'
import { diskFiles } from '../../node/file-access.ts'
import type { CohortScan } from './cohort-scan.ts'

/**
 * The scans a list names: a text with a path on each line, or a .csv with a header and the columns `path` and, where
 * wanted, `id` and `series`. Paths are relative to the list's folder; lines that begin with # are left out.
 * @throws InputError when the list cannot be read or names no scan
 */
export async function readScanList(path: string): Promise<CohortScan[]> {
  const text = decodeText(await diskFiles.read(path, maxTextBytes), path)
  const scans = path.toLowerCase().endsWith('.csv') ? tableRows(path, text) : textLines(text)
  if (scans.length === 0) throw new InputError(path, 'names no scan; write the path of one scan on each line')
  return scans.map((scan) => ({ ...scan, path: resolve(dirname(path), scan.path) }))
}

function textLines(text: string): CohortScan[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ id: printable(line), path: line, given: printable(line) }))
}

function tableRows(list: string, text: string): CohortScan[] {
  const [head = [], ...rows] = decodeCsv(text, list)
  const columns = head.map((name) => name.trim().toLowerCase())
  if (!columns.includes('path')) {
    throw new InputError(list, 'has no column "path"; its first line must name the columns: path and, if wanted, id')
  }
  const cell = (row: readonly string[], name: string): string => row[columns.indexOf(name)]?.trim() ?? ''
  return rows.map((row, n) => {
    const [path, series] = [cell(row, 'path'), cell(row, 'series')]
    if (path === '') throw new InputError(list, `row ${n + 2} has no path`)
    return { id: printable(cell(row, 'id') || path), path, given: printable(path), ...(series !== '' && { series }) }
  })
}
