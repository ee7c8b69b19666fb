import { escapeHtml } from '../escape-html.ts'

/** A column of a table: its head and whether it holds numbers. */
export interface Column {
  readonly head: string
  readonly numeric?: boolean
}

/** A cell: foreign text, which is escaped, and where it leads. */
export interface LinkedText {
  readonly text: string
  readonly href?: string
}

export function htmlTable(columns: readonly Column[], rows: readonly (readonly LinkedText[])[]): string {
  const kind = (n: number): string => (columns[n]?.numeric === true ? ' class="number"' : '')
  const head = columns.map((column, n) => `<th${kind(n)} scope="col">${escapeHtml(column.head)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell, n) => `<td${kind(n)}>${linked(cell)}</td>`).join('')}</tr>`)
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table></div>`
}

function linked({ text, href }: LinkedText): string {
  return href === undefined ? escapeHtml(text) : `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`
}

/** A heading with what it stands over; nothing when that is nothing. */
export function section(heading: string, ...content: readonly string[]): string {
  return content.length === 0 ? '' : `<section>\n<h2>${escapeHtml(heading)}</h2>\n${content.join('\n')}\n</section>`
}
