import { expect, it } from 'vitest'
import * as otomark from '../../src/index.ts'

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
      "analysisResult",
      "analyze",
      "closeModel",
      "createGeometry",
      "createResult",
      "createVolume",
      "defaultModelFolder",
      "encodeMarkups",
      "encodeNifti",
      "encodeStl",
      "formatResult",
      "indexFromWorld",
      "judgeEar",
      "landmarkKinds",
      "measureVolumes",
      "mergeMeshes",
      "meshVolume",
      "nodeRuntime",
      "openModel",
      "partLabel",
      "parts",
      "readModelFolder",
      "readScan",
      "resultSchema",
      "softwareVersion",
      "worldFromIndex",
    ]
  `)
})
