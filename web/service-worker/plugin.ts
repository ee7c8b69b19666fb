import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import type { Plugin } from 'vite'
import { pageHeaders } from '../../src/cli/app/page-headers.ts'

/** Large files, which are kept when they are first used. */
const heavy = /^(onnxruntime|dicom|model|example)\/|itk-wasm-pipeline/

/** Writes `service-worker.js` beside the page, with the names of all files of this build in it. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    enforce: 'post',
    generateBundle(_, bundle) {
      const hash = createHash('sha256')
      const files = Object.keys(bundle).sort()
      for (const name of files) {
        const file = bundle[name]
        if (file !== undefined) hash.update(name).update(file.type === 'chunk' ? file.code : file.source)
      }
      const names = [...files, 'icon.svg', 'icon-192.png', 'icon-512.png', 'otomark.webmanifest']
      const source = readFileSync(new URL('./service-worker.ts', import.meta.url), 'utf8')
      const { outputText } = ts.transpileModule(source.replaceAll(/^(declare const .*|export \{\})$/gm, ''), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
      })
      const constants = {
        version: `otomark ${hash.digest('hex').slice(0, 16)}`,
        files: names,
        shell: names.filter((name) => !heavy.test(name)),
        headers: pageHeaders
      }
      const lines = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)}`)
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: `${lines.join('\n')}\n${outputText}` })
    }
  }
}
