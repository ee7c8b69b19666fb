import { webBuildFor, webBuilds } from '../src/runtime/web-files.ts'
import type { Engine } from './engine.ts'
import { engineChoices } from './engine.ts'

/** How long the service worker is waited for, ms. */
const patience = 4000

/**
 * Has the service worker keep the page for use without a network, and fetches what the first analysis will need. Where
 * there is no service worker the page works online only.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registered = await navigator.serviceWorker.register('./service-worker.js').catch(() => undefined)
  if (registered === undefined || !(await underControl())) return
  const [first] = await engineChoices('automatic')
  if (first === undefined) return
  for (const name of filesFor(first.engine)) {
    const response = await fetch(name).catch(() => undefined)
    await response?.arrayBuffer()
  }
  document.documentElement.dataset.offline = 'ready'
}

/** Model, engine and DICOM reader. */
function filesFor({ provider }: Engine): string[] {
  const { module, loader, wasm } = webBuilds[webBuildFor(provider)]
  return [
    ...[module, loader, `${wasm}.gz`].map((name) => `onnxruntime/${name}`),
    'model/detector.onnx',
    'model/segmenter.onnx',
    'dicom/read-image-dicom-file-series.js',
    'dicom/read-image-dicom-file-series.wasm.zst'
  ]
}

function underControl(): Promise<boolean> {
  return new Promise((resolve) => {
    if (navigator.serviceWorker.controller !== null) return resolve(true)
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true })
    setTimeout(() => resolve(navigator.serviceWorker.controller !== null), patience)
  })
}
