import { type Theme, useData } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { h } from 'vue'
import './style.css'

/** That this is research software stands on top of every page. */
function Notice() {
  return h('p', { class: 'notice', role: 'note' }, useData().theme.value.notice)
}

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'layout-top': () => h(Notice) })
} satisfies Theme
