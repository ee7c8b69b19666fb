import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { pagePolicy } from '../src/cli/app/page-headers.ts'
import { webBuilds } from '../src/runtime/web-files.ts'
import { serviceWorker } from './service-worker/plugin.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const packages = fileURLToPath(new URL('../node_modules', import.meta.url))
const example = fileURLToPath(new URL('../examples/generated-ear.nii.gz', import.meta.url))
const models = fileURLToPath(new URL('../models/default', import.meta.url))

/** Where the page finds what must not be bundled, relative to itself. */
const dicomPipeline = 'read-image-dicom-file-series'

/**
 * Puts beside the page what it loads by address: the model, ONNX Runtime, which bundlers break, ITK's DICOM reader and
 * a scan to try.
 * WebAssembly lies there compressed, so that any web server sends little; the page unpacks it.
 */
function filesBeside(): Plugin {
  return {
    name: 'files-beside-the-page',
    async generateBundle() {
      const add = async (fileName: string, path: string, packed = false): Promise<void> => {
        const bytes = await readFile(path)
        this.emitFile({ type: 'asset', fileName, source: packed ? gzipSync(bytes, { level: 9 }) : bytes })
      }
      const runtime = `${packages}/onnxruntime-web/dist`
      for (const { module, loader, wasm } of Object.values(webBuilds)) {
        for (const name of [module, loader]) await add(`onnxruntime/${name}`, `${runtime}/${name}`)
        await add(`onnxruntime/${wasm}.gz`, `${runtime}/${wasm}`, true)
      }
      for (const ending of ['js', 'wasm.zst']) {
        await add(
          `dicom/${dicomPipeline}.${ending}`,
          `${packages}/@itk-wasm/dicom/dist/pipelines/${dicomPipeline}.${ending}`
        )
      }
      const openJph = `${packages}/@cornerstonejs/codec-openjph/dist/openjphjs`
      await add('dicom/openjphjs.wasm', `${openJph}.wasm`)
      // A script for classic pages; the worker is a module.
      const source = `${await readFile(`${openJph}.js`, 'utf8')}\nexport default Module\n`
      this.emitFile({ type: 'asset', fileName: 'dicom/openjphjs.mjs', source })
      await add('example/generated-ear.nii.gz', example)
      for (const name of ['detector', 'segmenter']) await add(`model/${name}.onnx`, `${models}/${name}.onnx`)
    }
  }
}

/** The page carries its Content-Security-Policy in itself, for servers that send none. */
function policyInside(): Plugin {
  return {
    name: 'policy-inside',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
          injectTo: 'head-prepend'
        }
      ]
    }
  }
}

/** Chunks lie in `assets`, ONNX Runtime beside it. */
const runtimeAddress = Object.fromEntries(
  Object.entries(webBuilds).map(([name, { module }]) => [`onnxruntime-web/${name}`, `../onnxruntime/${module}`])
)
const output = {
  paths: runtimeAddress,
  entryFileNames: 'assets/[name]-[hash].js',
  chunkFileNames: 'assets/[name]-[hash].js'
}
const external = Object.keys(runtimeAddress)

/** `npm run build` makes `dist/web`, a folder that any web server can hand out, at any address. */
export default defineConfig({
  root,
  base: './',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    // Reading and packing the files beside the page takes most of the build, which is no fault.
    rolldownOptions: { external, output, checks: { pluginTimings: false } }
  },
  worker: { format: 'es', rolldownOptions: { external, output } },
  plugins: [policyInside(), filesBeside(), serviceWorker()]
})
