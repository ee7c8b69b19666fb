import { InputError } from '../core/errors.ts'

/** A table's cell; null is an empty one. */
export type Cell = string | number | null

/**
 * A table as RFC 4180 text. A text that a spreadsheet would take for a formula gets an apostrophe in front, because
 * file names are foreign.
 */
export function encodeCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(encodeCell).join(',')}\r\n`).join('')
}

function encodeCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The rows of an RFC 4180 text; line ends may be CRLF or LF, empty lines are left out.
 * @param source the file's name, for messages
 * @throws InputError if a quotation mark is not closed
 */
export function decodeCsv(text: string, source = 'the table'): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const end = (): void => {
    if (row.some((cell) => cell !== '')) rows.push(row)
    row = []
  }
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at <= text.length) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at, source) : plainCell(text, at)
    row.push(cell)
    if (text[next] !== ',') end()
    at = next + (text[next] === '\r' ? 2 : 1)
  }
  return rows
}

function plainCell(text: string, at: number): { readonly cell: string; readonly next: number } {
  let next = at
  while (next < text.length && text[next] !== ',' && text[next] !== '\n') next++
  const isLineEnd = text[next] === '\n' && text[next - 1] === '\r' && next > at
  return { cell: text.slice(at, isLineEnd ? next - 1 : next), next: isLineEnd ? next - 1 : next }
}

/** A cell in quotation marks; what stands between the closing one and the next comma or line end is part of it. */
function quotedCell(text: string, at: number, source: string): { readonly cell: string; readonly next: number } {
  const parts: string[] = []
  let start = at + 1
  for (;;) {
    const quote = text.indexOf('"', start)
    if (quote < 0) {
      const line = text.slice(0, at).split('\n').length
      throw new InputError(source, `line ${line}: a quotation mark is not closed`)
    }
    parts.push(text.slice(start, quote))
    if (text[quote + 1] !== '"') {
      const rest = plainCell(text, quote + 1)
      return { cell: parts.join('') + rest.cell, next: rest.next }
    }
    parts.push('"')
    start = quote + 2
  }
}
