import Table from 'cli-table3'
import { landmarkKinds, parts } from '../core/anatomy.ts'
import type { AnalysisResult, EarResult } from './result.ts'

/** A result as a short text for people: one table per ear, then what is doubtful. */
export function formatResult(result: AnalysisResult): string {
  const flags = result.flags.map(({ severity, text }) => `${title(severity)}: ${text}`)
  return [...result.ears.map(formatEar), ...flags, result.notice].join('\n')
}

function formatEar(ear: EarResult): string {
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: [`${title(ear.side)} ear`, 'x, y, z (LPS mm)', 'confidence'],
    colAligns: ['left', 'right', 'right']
  })
  for (const { id, name } of landmarkKinds) {
    const landmark = ear.landmarks[id]
    const place = landmark.status === 'defined' ? landmark.position.map((mm) => mm.toFixed(2)).join('  ') : 'not found'
    table.push([name, place, percent(landmark.confidence)])
  }
  const volumes = new Table({
    style: { head: [], border: [], compact: true },
    head: ['Volume', 'mm³'],
    colAligns: ['left', 'right']
  })
  for (const { id, name } of parts) volumes.push([name, ear.volumes[id].toFixed(1)])
  volumes.push(['Labyrinth', ear.volumes.labyrinth.toFixed(1)])
  return `${table.toString()}\n${volumes.toString()}\nSide: ${ear.side}, ${percent(ear.sideConfidence)} certain`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

function title(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
