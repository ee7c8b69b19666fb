import { reportStyle } from '../src/report/html/style.ts'
import { element } from './element.ts'

/** What is printed instead of the page, while it is. */
const printed = `@media print { ${reportStyle} body > :not(.paper) { display: none !important; } }`

/**
 * Prints a report; browsers save what they print as PDF. The report is laid into the page, where no policy forbids its
 * style, in place of everything else on paper; afterwards it goes.
 * @param html as `createReport` made it
 */
export function printReport(html: string): void {
  // The page's policy knows no style in markup; set by a script it is its own.
  const plain = html.replace(/<style>[^<]*<\/style>/, '').replaceAll(' style="', ' data-style="')
  const { body } = new DOMParser().parseFromString(plain, 'text/html')
  for (const styled of body.querySelectorAll<HTMLElement>('[data-style]')) {
    styled.style.cssText = styled.dataset.style ?? ''
  }
  const paper = element('div', { class: 'paper' }, ...body.childNodes)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(printed)
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]
  document.adoptedStyleSheets.push(sheet)
  document.body.append(paper)
  for (const link of links) link.media = 'screen'
  const restore = (): void => {
    for (const link of links) link.media = ''
    paper.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
  addEventListener('afterprint', restore, { once: true })
  print()
}
