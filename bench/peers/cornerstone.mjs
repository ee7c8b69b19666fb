/**
 * Decodes segmentation.dcm in Chromium with @cornerstonejs/adapters, which OHIF decodes with, and compares every voxel
 * with labels.nii.gz. For an axial series with a file a slice. The packages are heavy and stay out of ours: in a folder
 * of its own run
 *
 *   npm i --legacy-peer-deps @cornerstonejs/adapters@4.19.0 @cornerstonejs/core@4.19.0 @kitware/vtk.js dcmjs@0.51.1 \
 *     esbuild playwright
 *   cp .../bench/peers/cornerstone.mjs . && node cornerstone.mjs SERIES RESULT [/usr/bin/chromium]
 *
 * Exits 1 where a voxel differs.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chromium } from 'playwright'

const inPage = `
import dcmjs from 'dcmjs'
import { generateToolState } from './node_modules/@cornerstonejs/adapters/dist/esm/adapters/Cornerstone/Segmentation_4X.js'

const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

window.decode = async (slices, segmentation, labelText) => {
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data
  const images = slices
    .map((slice) => DicomMetaDictionary.naturalizeDataset(DicomMessage.readFile(bytesOf(slice).buffer).dict))
    .sort((a, b) => a.ImagePositionPatient[2] - b.ImagePositionPatient[2])
  const byId = new Map(images.map((image) => ['id:' + image.SOPInstanceUID, image]))
  const provider = {
    get(module, id) {
      const image = byId.get(id)
      const cosines = image.ImageOrientationPatient
      if (module === 'imagePlaneModule') {
        return {
          rowCosines: cosines.slice(0, 3),
          columnCosines: cosines.slice(3),
          imageOrientationPatient: cosines,
          imagePositionPatient: image.ImagePositionPatient,
          rows: image.Rows,
          columns: image.Columns
        }
      }
      if (module === 'generalSeriesModule') return { seriesInstanceUID: image.SeriesInstanceUID, modality: 'CT' }
      if (module === 'instance') return image
      return { sopInstanceUID: image.SOPInstanceUID }
    }
  }
  const options = { skipOverlapping: false, tolerance: 1e-3 }
  const state = await generateToolState([...byId.keys()], bytesOf(segmentation).buffer, provider, options)
  const decoded = new Uint8Array(state.labelmapBufferArray[0])
  const labels = bytesOf(labelText)
  const different = labels.reduce((count, label, at) => count + (decoded[at] === label ? 0 : 1), 0)
  return { labelled: labels.filter(Boolean).length, different }
}`

const [series, result, executablePath = '/usr/bin/chromium'] = process.argv.slice(2)
const { outputFiles } = await build({
  stdin: { contents: inPage, resolveDir: process.cwd() },
  bundle: true,
  format: 'iife',
  platform: 'browser',
  external: ['fs', 'path', 'zlib'],
  define: { global: 'window' },
  write: false,
  logLevel: 'error'
})
const nifti = gunzipSync(readFileSync(join(result, 'labels.nii.gz')))
const base64 = (path) => readFileSync(path).toString('base64')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.addScriptTag({ content: outputFiles[0].text })
  const given = [
    readdirSync(series).map((name) => base64(join(series, name))),
    base64(join(result, 'segmentation.dcm')),
    nifti.subarray(nifti.readFloatLE(108)).toString('base64')
  ]
  const { labelled, different } = await page.evaluate(([slices, seg, labels]) => window.decode(slices, seg, labels), given)
  console.log(`${labelled} labelled voxels, ${different} of all differ`)
  process.exitCode = different === 0 && labelled > 0 ? 0 : 1
} finally {
  await browser.close()
}
