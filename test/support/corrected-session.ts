import type { EarFinding } from '../../src/analyze/findings.ts'
import { partLabel } from '../../src/core/anatomy.ts'
import { add, type Vector3 } from '../../src/core/math/vector.ts'
import { findArray } from '../../src/electrode/catalogue.ts'
import type { FoundElectrode } from '../../src/implant/find/found-electrode.ts'
import { moveContact } from '../../src/implant/find/place-contacts.ts'
import { planArray } from '../../src/implant/plan/plan-array.ts'
import { type CochlearDuct, traceDuct } from '../../src/measure/cochlea/cochlear-duct.ts'
import { readScan } from '../../src/node/read-scan.ts'
import type { Session } from '../../src/report/session/session.ts'
import { trueEar, trueLabels } from '../implant/known-ear.ts'
import { model } from '../report/known-findings.ts'
import { writeDicomSeries } from './write-dicom-series.ts'

/** What a person changed in the session. */
export const corrected = {
  landmark: 'oval_window',
  /** Its new place, LPS mm. */
  place: [3.1, 2.2, 1.3] as Vector3,
  /** Voxels painted as cochlea. */
  painted: 27,
  contact: 3
} as const

const nothing = { vertices: new Float64Array(0), triangles: new Uint32Array(0) }

/**
 * A session of a right ear with an array, read from a DICOM series that is written into a folder; a landmark and a contact were moved
 * by hand, labels were painted.
 */
export async function correctedSession(series: string): Promise<Session> {
  const labels = trueLabels()
  // A layer of air, by which Hounsfield units are told, then bone around the fluid of the ear.
  const outside = (at: number): number => (at < labels.data.length / 10 ? -1000 : 1500)
  const data = Int16Array.from(labels.data, (label, at) => (label === 0 ? outside(at) : 50))
  const scan = { geometry: labels.geometry, data }
  await writeDicomSeries(scan, series, {
    edit: (attributes) => ({ ...attributes, StudyID: '1', StudyDate: '20260102', StudyTime: '120000' })
  })
  const read = await readScan(series)
  const known = trueEar()
  const ear: EarFinding = {
    ...known,
    side: 'right',
    sideConfidence: 0.99,
    residual: 0.2,
    score: 0.9,
    labels,
    surfaces: { labyrinth: nothing, parts: { cochlea: nothing, vestibule: nothing, semicircular_canals: nothing } },
    repeats: []
  }
  const landmarks = known.landmarks.map((landmark) =>
    landmark.id === corrected.landmark
      ? { id: landmark.id, status: 'defined' as const, position: corrected.place, confidence: 1, byHand: true as const }
      : landmark
  )
  const duct = traceDuct(known)
  if (typeof duct === 'string') throw new Error(duct)
  return {
    name: 'after',
    scan: read.scan,
    source: read.source,
    origin: read.origin,
    model,
    found: { ears: [ear], timings: [] },
    corrected: [{ landmarks, labels: painted(labels), electrode: { array: null, placed: placed(duct) } }],
    note: 'corrected by hand: 1 landmark, 1 contact, 1 change of labels; corrections.json has each',
    log: [],
    record: { format: 'otomark-corrections' }
  }
}

/** A cube of three voxels' edge beside the ear, as cochlea. */
function painted({ geometry, data }: ReturnType<typeof trueLabels>): ReturnType<typeof trueLabels> {
  const now = Uint8Array.from(data)
  const [nx, ny] = geometry.size
  for (let n = 0; n < corrected.painted; n++) {
    const [i, j, k] = [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)]
    now[4 + i + nx * (4 + j + ny * (4 + k))] = partLabel.cochlea
  }
  return { geometry, data: now }
}

function placed(duct: CochlearDuct): FoundElectrode {
  const array = findArray('ci632')
  const contacts = planArray(duct, array, 16, undefined).contacts.flatMap(({ order, number, depth, inside }) => {
    if (inside === undefined) return []
    const { angle, frequency, position } = inside
    return [
      { order, ...(number !== undefined && { number }), position, confidence: 0.5, inside: { angle, depth, frequency } }
    ]
  })
  const found: FoundElectrode = {
    status: 'found',
    array,
    isGiven: false,
    alternatives: [],
    score: 0.7,
    contacts,
    remarks: [],
    contactRemarks: []
  }
  const from = contacts[corrected.contact - 1]?.position ?? [0, 0, 0]
  return moveContact(found, corrected.contact, add(from, [0.2, 0.1, 0]), { duct, remarks: [] })
}
