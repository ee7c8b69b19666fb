type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void)>>

/**
 * An HTML element. Attributes that are functions listen to the event of their name; `true` sets an attribute without a
 * value, `false` leaves it out.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const result = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') result.addEventListener(name, value)
    else if (value === true) result.setAttribute(name, '')
    else if (value !== false) result.setAttribute(name, String(value))
  }
  result.append(...children)
  return result
}

/** An element of the page, by its id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found as T
}

/** Whether a key goes into a field that takes text or numbers. */
export function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'range'
}

export function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}
