/** A drawing that needs nothing else, on white, in pixels. */
export function svgDocument(width: number, height: number, title: string, content: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
<style>
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #44505c; }
.title { font-weight: 600; fill: #1d2733; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: #e3e7ec; }
.mark { stroke: #66727f; stroke-dasharray: 3 3; }
</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${content.join('\n')}
</svg>
`
}

/** Text that holds no markup. @param kind classes of the document's style */
export function svgText(x: number, y: number, text: string, kind = ''): string {
  return `<text x="${pixels(x)}" y="${pixels(y)}"${kind === '' ? '' : ` class="${kind}"`}>${text}</text>`
}

/** A line of a class of the document's style. */
export function svgLine(from: readonly [number, number], to: readonly [number, number], kind: string): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(pixels)
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" class="${kind}"/>`
}

export function pixels(value: number): string {
  return Number(value.toFixed(1)).toString()
}

/** A colour, such as one of the anatomy table, for CSS and SVG. */
export function cssColor(color: readonly [number, number, number]): string {
  return `rgb(${color.join(' ')})`
}
