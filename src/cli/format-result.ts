import Table from 'cli-table3'
import { landmarkKinds, parts } from '../core/anatomy.ts'
import { recommendedDuctLength } from '../measure/catalogue/duct-length-choice.ts'
import type { AnalysisResult, EarResult } from '../report/result.ts'

/**
 * A result as a short text for people: one table per ear, then what is doubtful.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { analysisResult } from 'otomark'
 * import { formatResult } from 'otomark/node'
 *
 * const result = analysisResult.parse(JSON.parse(await readFile('out/scan/result.json', 'utf8')))
 * console.log(formatResult(result))
 * ```
 */
export function formatResult(result: AnalysisResult): string {
  const flags = result.flags.map(({ severity, text }) => `${title(severity)}: ${text}`)
  return [...result.ears.map(formatEar), ...flags, result.notice].join('\n')
}

function formatEar(ear: EarResult): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: [`${title(ear.side)} ear`, 'x, y, z (LPS mm)', 'score'],
    colAligns: ['left', 'right', 'right']
  })
  for (const { id, name } of landmarkKinds) {
    const landmark = ear.landmarks[id]
    const place = landmark.status === 'defined' ? landmark.position.map((mm) => mm.toFixed(2)).join('  ') : 'not found'
    const isByHand = landmark.status === 'defined' && landmark.byHand
    table.push([name, place, isByHand ? 'by hand' : landmark.confidence.toFixed(2)])
  }
  const volumes = new Table({
    style: { head: [], border: [], compact: true },
    head: ['Volume', 'mm³'],
    colAligns: ['left', 'right']
  })
  for (const { id, name } of parts) volumes.push([name, ear.volumes[id].toFixed(1)])
  volumes.push(['Labyrinth', ear.volumes.labyrinth.toFixed(1)])
  return `${table.toString()}\n${volumes.toString()}\n${mainMeasurements(ear)}\n${electrodeTable(ear)}${implantTable(ear)}Side: ${ear.side}, ${percent(ear.sideConfidence)} certain`
}

/** What is most asked for; all others are in result.json. */
const main: readonly string[] = ['a_value', 'b_value', 'cochlear_height', recommendedDuctLength.id, 'total_angle']

function mainMeasurements({ measurements }: EarResult): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: ['Measurement', 'value', '90 % interval'],
    colAligns: ['left', 'right', 'right']
  })
  for (const { id, name, value, unit, uncertainty } of measurements) {
    if (!main.includes(id)) continue
    const digits = unit === '°' ? 0 : 2
    const interval = uncertainty && `${uncertainty.low.toFixed(digits)} – ${uncertainty.high.toFixed(digits)}`
    table.push([name, value === null ? 'not measured' : `${value.toFixed(digits)} ${unit}`, interval ?? ''])
  }
  return table.toString()
}

function electrodeTable({ electrode }: EarResult): string {
  if (electrode === undefined) return ''
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: ['Electrode, mm', 'angle, °', 'frequency, Hz'],
    colAligns: ['right', 'right', 'right']
  })
  for (const { depth, angle, frequency } of electrode.rows) {
    table.push([depth.toFixed(1), angle.toFixed(0), frequency.toFixed(0)])
  }
  return `${table.toString()}\n`
}

function implantTable({ implant }: EarResult): string {
  if (implant?.status !== 'found') return ''
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: [implant.array.model, 'x, y, z (LPS mm)', 'angle, °', 'frequency, Hz', 'score'],
    colAligns: ['right', 'right', 'right', 'right', 'right']
  })
  for (const { order, position, inside, confidence, byHand } of implant.contacts) {
    const place = position.map((mm) => mm.toFixed(2)).join('  ')
    const cells = inside ? [inside.angle.toFixed(0), inside.frequency.toFixed(0)] : ['outside', '']
    table.push([String(order), place, ...cells, byHand ? 'by hand' : confidence.toFixed(2)])
  }
  return `${table.toString()}\n`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

function title(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
