import type { ProgressEvent } from '../../src/core/progress.ts'
import { byId } from '../element.ts'
import { pictureOf } from '../picture.ts'
import type { Store } from '../store.ts'

/** Analysis under way: the scan's middle slices, the stage, how far it is and how long it will take, and a way out. */
export function showProgress(store: Store, cancel: () => void): void {
  const bar = byId<HTMLProgressElement>('bar')
  const [stage, previews] = [byId('stage'), byId('previews')]
  let current = ''
  let began = 0
  byId('cancel').addEventListener('click', cancel)
  store.listen((state, before) => {
    byId('working').hidden = state.phase !== 'working'
    if (state.phase === 'working' && before.phase !== 'working') {
      byId('cancel').focus()
      // How far the scan before was says nothing of this one.
      current = ''
      stage.textContent = ''
      bar.removeAttribute('value')
    }
    if (state.previews !== before.previews) previews.replaceChildren(...state.previews.map(pictureOf))
    const { progress } = state
    if (progress === null || progress === before.progress) return
    if (progress.stage !== current) {
      current = progress.stage
      began = performance.now()
    }
    const share = progress.done / progress.total
    // A stage that does not count shows that it goes on, not how far.
    if (progress.total > 1) bar.value = share
    else bar.removeAttribute('value')
    const left = share > 0 && share < 1 ? `, ${duration(((performance.now() - began) * (1 - share)) / share)} left` : ''
    stage.textContent = `${progressText(progress)}${left}`
  })
}

/** The stage, and its share that is done where it counts. */
export function progressText({ stage, done, total }: ProgressEvent): string {
  return `${sentence(stage)}${total > 1 ? ` ${Math.round((100 * done) / total)} %` : ''}`
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 60 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} min`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
