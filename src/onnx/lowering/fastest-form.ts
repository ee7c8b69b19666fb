import { type ConvolutionSize, forms, type MeasuredForms, operationOf, sizeOf } from './forms.ts'
import { measured } from './measured.ts'
import type { Operation, Provider, Rewrite } from './rewrite.ts'

/** A form that is slower than the fastest by no more than this share, within which the clock is not sure, is taken where it needs less memory. */
const worthItsMemory = 0.1

/** An operation in the form that was fastest for the nearest size that was measured; the first form where none was. */
export const fastestForm: Rewrite = (site) => {
  const operation = operationOf(site.node)
  if (operation === undefined) return undefined
  const { provider, forms: chosen } = site.target
  const known: Readonly<Record<string, Rewrite>> = forms[operation][provider]
  const name = chosen?.[operation] ?? fastestName(measured, provider, operation, sizeOf(site.node, operation))
  return (known[name ?? ''] ?? Object.values(known)[0])?.(site)
}

export function fastestName(
  table: readonly MeasuredForms[],
  provider: Provider,
  operation: Operation,
  size: ConvolutionSize
): string | undefined {
  const rows = table.filter((row) => row.provider === provider && row.operation === operation)
  const [nearest] = rows.toSorted((a, b) => distance(a, size) - distance(b, size))
  if (nearest === undefined) return undefined
  const least = Math.min(...Object.values(nearest.milliseconds))
  return Object.keys(forms[operation][provider]).find((form) => {
    const taken = nearest.milliseconds[form]
    return taken !== undefined && taken <= least * (1 + worthItsMemory)
  })
}

/** How far two sizes are from each other, in doublings. */
function distance(a: ConvolutionSize, b: ConvolutionSize): number {
  const keys = ['channels', 'outputs', 'places', 'voxels'] as const
  return keys.reduce((sum, key) => sum + Math.abs(Math.log2(a[key] / b[key])), 0)
}
