import { element } from '../element.ts'

/** Buttons of which one is pressed. */
export function choice<Value extends string>(
  name: string,
  values: Readonly<Record<Value, string>>,
  choose: (value: Value) => void
): { readonly group: HTMLElement; show(value: Value | undefined): void } {
  const group = element('div', { class: 'group', role: 'group', 'aria-label': name })
  const buttons = (Object.entries(values) as [Value, string][]).map(([value, text]) => {
    const button = element('button', { type: 'button', click: () => choose(value), 'data-value': value }, text)
    group.append(button)
    return { value, button }
  })
  return {
    group,
    show(shown) {
      for (const { value, button } of buttons) button.setAttribute('aria-pressed', String(value === shown))
    }
  }
}
