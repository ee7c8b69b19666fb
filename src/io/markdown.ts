type Cells = readonly (string | number)[]

/** A table in Markdown, without a line end after its last row. Cells must hold neither `|` nor line ends. */
export function markdownTable(head: readonly string[], rows: readonly Cells[]): string {
  return [markdownRow(head), markdownRow(head.map(() => '---')), ...rows.map(markdownRow)].join('\n')
}

export function markdownRow(cells: Cells): string {
  return `| ${cells.join(' | ')} |`
}
