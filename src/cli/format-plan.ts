import Table from 'cli-table3'
import { printable } from '../core/printable.ts'
import type { ElectrodeArray } from '../electrode/array.ts'
import { activeLength } from '../electrode/contacts.ts'
import type { PlanFile, PlannedEar } from '../report/plan/plan-file.ts'

const style = { head: [], border: [], compact: true }

/** A plan as a short text for people: the arrays of each ear compared, then each array's contacts. */
export function formatPlan({ ears, notes, notice }: PlanFile): string {
  const texts = ears.flatMap((ear) => [comparison(ear), ...ear.flags.map(flagLine), ...ear.arrays.map(contactTable)])
  return [...texts, ...notes, 'What an array would reach, no recommendation.', notice].join('\n')
}

function flagLine({ severity, text }: PlannedEar['flags'][number]): string {
  return `${severity === 'warning' ? 'Warning' : 'Note'} of the analysis: ${text}`
}

function comparison({ side, arrays }: PlannedEar): string {
  const hasTarget = arrays.some(({ target }) => target !== undefined)
  const table = new Table({
    style,
    head: [
      `${side === 'right' ? 'Right' : 'Left'} ear`,
      'insertion, mm',
      'angle, °',
      'coverage, %',
      'lowest, Hz',
      ...(hasTarget ? ['for the target, mm'] : [])
    ],
    colAligns: ['left', 'right', 'right', 'right', 'right', ...(hasTarget ? (['right'] as const) : [])]
  })
  for (const { array, insertion, coverage, contacts, target } of arrays) {
    const lowest = contacts.find(({ inside }) => inside !== undefined)?.inside?.frequency
    table.push([
      nameOf(array),
      insertion.toFixed(1),
      coverage?.angle.toFixed(0) ?? '–',
      coverage?.percent.toFixed(0) ?? '–',
      lowest?.toFixed(0) ?? '–',
      ...(target === undefined ? [] : [targetText(target)])
    ])
  }
  return table.toString()
}

function targetText({ insertion, isReached }: NonNullable<PlannedEar['arrays'][number]['target']>): string {
  if (insertion === null) return 'beyond the turns'
  return `${insertion.toFixed(1)}${isReached === false ? ', too short' : ''}`
}

function contactTable({ array, contacts, remarks }: PlannedEar['arrays'][number]): string {
  const table = new Table({
    style,
    head: [nameOf(array), 'depth, mm', 'angle, °', '90 %', 'Hz', '90 %', 'to wall, modiolus, mm', 'clearance, mm'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right']
  })
  for (const { order, number, depth, inside } of contacts) {
    const name = number === undefined ? `${order} from the apex` : `${number} (${order} from the apex)`
    const between = (range: readonly [number, number] | undefined): string =>
      range === undefined ? '' : `${range[0].toFixed(0)} – ${range[1].toFixed(0)}`
    if (inside === undefined) table.push([name, depth.toFixed(1), depth < 0 ? 'outside' : 'beyond', '', '', '', '', ''])
    else {
      table.push([
        name,
        depth.toFixed(1),
        inside.angle.toFixed(0),
        between(inside.angleInterval),
        inside.frequency.toFixed(0),
        between(inside.frequencyInterval),
        `${inside.toLateralWall.toFixed(1)}, ${inside.toModiolus.toFixed(1)}`,
        inside.clearance.toFixed(2)
      ])
    }
  }
  return [table.toString(), ...remarks].join('\n')
}

/** The known arrays as a table, with their sources. */
export function formatCatalogue(arrays: readonly ElectrodeArray[]): string {
  const table = new Table({
    style,
    head: ['id', 'array', 'lies', 'contacts', 'over, mm', 'length, mm'],
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right']
  })
  for (const array of arrays) {
    table.push([
      printable([array.id, ...(array.alias ?? [])].join(', ')),
      nameOf(array),
      array.placement,
      array.contacts,
      activeLength(array).toFixed(1),
      array.length?.toFixed(1) ?? 'not known'
    ])
  }
  const sources = [...new Set(arrays.map(({ source }) => printable(source)))]
  return [table.toString(), 'Sources:', ...sources.map((source) => `  ${source}`)].join('\n')
}

function nameOf({ maker, model }: ElectrodeArray): string {
  return printable(`${maker} ${model}`)
}
