import type { Locator, Page } from 'playwright'

/** The rows of the table of contacts. */
export function contactRows(page: Page): Locator {
  return page.locator('table.contacts tbody tr')
}

/** The texts of a contact's row. */
export function contactCells(page: Page, order: number): Promise<string[]> {
  return contactRows(page)
    .nth(order - 1)
    .locator('th, td')
    .allTextContents()
}
