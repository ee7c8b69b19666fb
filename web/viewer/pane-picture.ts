/** Properties of a line or a text over the slices that its picture needs. */
const drawn = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'font-size',
  'font-family',
  'paint-order',
  'vector-effect',
  'stroke-linejoin'
]

/**
 * What a pane shows as one picture, at the resolution of the screen: slices and surfaces, lines over them, landmarks and
 * captions.
 * @param redraw draws the canvas anew: what WebGL drew is there for the same task only
 */
export async function panePicture(stage: HTMLElement, canvas: HTMLCanvasElement, redraw: () => void): Promise<Blob> {
  const { width, height } = canvas
  const picture = new OffscreenCanvas(width, height)
  const context = picture.getContext('2d') as OffscreenCanvasRenderingContext2D
  redraw()
  context.drawImage(canvas, 0, 0)
  const scale = width / stage.clientWidth
  const overlay = stage.querySelector<SVGSVGElement>('.overlay')
  if (overlay !== null) context.drawImage(await imageOf(overlay, stage), 0, 0, width, height)
  context.scale(scale, scale)
  const { left, top } = stage.getBoundingClientRect()
  for (const handle of stage.querySelectorAll<HTMLElement>('.handle:not([hidden])'))
    drawHandle(context, handle, left, top)
  context.globalAlpha = 1
  for (const text of stage.querySelectorAll<HTMLElement>('.caption, .readout')) {
    const box = text.getBoundingClientRect()
    if (box.width > 0) write(context, text.textContent ?? '', box.left - left + 8, box.top - top + 14)
  }
  return picture.convertToBlob({ type: 'image/png' })
}

/** An SVG of the page as an image, with the style that the page's sheets give it. */
async function imageOf(overlay: SVGSVGElement, { clientWidth, clientHeight }: HTMLElement): Promise<HTMLImageElement> {
  const copy = overlay.cloneNode(true) as SVGSVGElement
  const originals = overlay.querySelectorAll<SVGElement>('path, polyline, circle, text')
  for (const [n, element] of [...copy.querySelectorAll<SVGElement>('path, polyline, circle, text')].entries()) {
    const style = getComputedStyle(originals[n] as SVGElement)
    for (const property of drawn) element.setAttribute(property, style.getPropertyValue(property))
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', `${clientWidth}`)
  copy.setAttribute('height', `${clientHeight}`)
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}

function drawHandle(context: OffscreenCanvasRenderingContext2D, handle: HTMLElement, left: number, top: number): void {
  const box = handle.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 2 - left, box.top + box.height / 2 - top]
  const [dot, name] = [handle.querySelector('i'), handle.querySelector('span')]
  context.globalAlpha = Number(handle.style.opacity || 1)
  context.beginPath()
  context.arc(x, y, 5, 0, 2 * Math.PI)
  context.fillStyle = dot?.style.background ?? ''
  context.fill()
  context.strokeStyle = '#fff'
  context.lineWidth = 2
  context.stroke()
  const nameBox = name?.getBoundingClientRect()
  if (nameBox !== undefined) write(context, name?.textContent ?? '', nameBox.left - left, y + 4)
}

function write(context: OffscreenCanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.font = '11.5px system-ui, sans-serif'
  context.strokeStyle = '#000'
  context.lineWidth = 3
  context.strokeText(text, x, y)
  context.fillStyle = '#fff'
  context.fillText(text, x, y)
}
