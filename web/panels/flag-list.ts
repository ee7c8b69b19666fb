import type { FlagResult } from '../../src/report/result.ts'
import { element } from '../element.ts'

/** What a reader should know before using numbers. @param label for screen readers, where no heading says whose they are */
export function flagList(flags: readonly Pick<FlagResult, 'severity' | 'text'>[], label?: string): HTMLElement {
  const items = flags.map(({ severity, text }) => element('li', { class: severity }, text))
  return element('ul', { class: 'flags', ...(label !== undefined && { 'aria-label': label }) }, ...items)
}
