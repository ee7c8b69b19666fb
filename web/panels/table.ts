import { element } from '../element.ts'

/** A table whose first column names its rows and whose others hold numbers. */
export function table(caption: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const cells = heads.map((text, n) => element('th', { scope: 'col', ...(n > 0 && { class: 'number' }) }, text))
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...cells)),
    element('tbody', {}, ...rows)
  )
}
