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

/** The rows of an RFC 4180 text; line ends may be CRLF or LF, empty lines are left out. */
export function decodeCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of text.replace(/^\uFEFF/, '').matchAll(cellPattern)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    if (row.some((cell) => cell !== '')) rows.push(row)
    row = []
  }
  return rows
}

/** A cell, quoted or plain, and what ends it. */
const cellPattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g
