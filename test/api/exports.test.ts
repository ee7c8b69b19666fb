import { expect, it } from 'vitest'
import * as browser from '../../src/browser.ts'
import * as asNodeImports from '../../src/deprecated.ts'
import * as otomark from '../../src/index.ts'
import * as node from '../../src/node.ts'

it('exports exactly these names, so that the public surface grows only by a visible change', () => {
  expect(Object.keys(otomark).sort()).toMatchInlineSnapshot(`
    [
      "GeometryError",
      "InputError",
      "ModelError",
      "NoEarError",
      "OtomarkError",
      "ResourceError",
      "UsageError",
      "acceptScan",
      "analysisResult",
      "analyze",
      "applyAffine",
      "calibration",
      "closeModel",
      "createGeometry",
      "createResult",
      "createVolume",
      "decodeScan",
      "electrodeArray",
      "encodeMarkups",
      "encodeNifti",
      "encodeResult",
      "encodeStl",
      "exitCode",
      "findElectrodes",
      "flagIds",
      "indexFromWorld",
      "judgeEar",
      "judgeFindings",
      "landmarkKinds",
      "measureEar",
      "measureFindings",
      "measureVolumes",
      "measureWithUncertainty",
      "mergeMeshes",
      "meshVolume",
      "modelMetadata",
      "openModel",
      "partLabel",
      "parts",
      "placements",
      "resultSchema",
      "softwareVersion",
      "worldFromIndex",
    ]
  `)
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "defaultModelFolder",
      "findNodeEngine",
      "formatResult",
      "nodeRuntime",
      "nodeWebgpuRuntime",
      "readModelFolder",
      "readScan",
    ]
  `)
  expect(Object.keys(browser).sort()).toMatchInlineSnapshot(`
    [
      "fetchModelFiles",
      "openWebRuntime",
    ]
  `)
})

it('exports for one version more, to Node, what has moved to otomark/node', () => {
  const moved = ['defaultModelFolder', 'formatResult', 'nodeRuntime', 'readModelFolder', 'readScan']
  expect(Object.keys(asNodeImports).sort()).toEqual([...Object.keys(otomark), ...moved].sort())
  expect(Object.keys(node)).toEqual(expect.arrayContaining(moved))
})
