/** Colours of arrays, which stay apart for most eyes (Okabe and Ito). */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#66727f'] as const

/** The colour of an array by its place among those that are compared, from 0. */
export function arrayColor(n: number): string {
  return colors[n % colors.length] ?? '#66727f'
}
