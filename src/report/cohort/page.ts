import { median } from '../../core/math/quantile.ts'
import { earFlags } from '../ear-flags.ts'
import { escapeHtml } from '../escape-html.ts'
import { notice } from '../result.ts'
import { type Cohort, type DoneCase, doneCases, type FailedCase, failedCases } from './cohort-case.ts'
import { plotDistribution } from './distribution.ts'
import { formatNumber } from './format-number.ts'
import { htmlTable, section } from './page-parts.ts'
import { pageStyle } from './page-style.ts'
import { type CohortValue, mainQuantities, valuesByQuantity } from './quantities.ts'
import { outlyingScore, robustScores } from './robust.ts'

/** Nothing but the page's own style is let in; no request leaves the reader's machine. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * `cohort.html`: how each measurement is distributed over the ears of a cohort, which ears stand out, and what failed,
 * as one page that needs nothing else. Links are relative to the cohort's folder.
 */
export function cohortPage(cohort: Cohort): string {
  const done = doneCases(cohort)
  const byId = valuesByQuantity(done)
  const quantities = mainQuantities.map((id) => byId.get(id) ?? []).filter((values) => values.length > 0)
  const all = cohort.cases.length + cohort.waiting
  const scans = `${all} ${noun(all, 'scan')}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Cohort of ${scans} – otomark</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>Inner ears of ${scans}</h1>
<p class="faint">${escapeHtml(notice)}</p>
${counts(cohort)}
${section('Doubtful ears', ...doubts(done))}
${section('Outliers', ...outliers(quantities))}
${section('Distributions', ...distributions(quantities))}
${section('Scans that failed', ...failures(failedCases(cohort)))}
${section('All ears', ...allEars(done))}
</body>
</html>
`
}

function noun(count: number, one: string): string {
  return count === 1 ? one : `${one}s`
}

function counts(cohort: Cohort): string {
  const done = doneCases(cohort)
  const ears = done.flatMap(({ result }) => result.ears)
  const failed = failedCases(cohort).length
  const flagged = warnedEars(done).length
  const count = (number: number, what: string, kind = ''): string => `<li${kind}><b>${number}</b>${what}</li>`
  return [
    '<ul class="counts">',
    count(done.length, `${noun(done.length, 'scan')} analysed`),
    ...(['right', 'left'] as const).map((of) => {
      const number = ears.filter(({ side }) => side === of).length
      return count(number, `${of} ${noun(number, 'ear')}`)
    }),
    flagged > 0 ? count(flagged, `doubtful ${noun(flagged, 'ear')}`, ' class="alarm"') : '',
    failed > 0 ? count(failed, `${noun(failed, 'scan')} failed`, ' class="alarm"') : '',
    cohort.waiting > 0 ? count(cohort.waiting, `${noun(cohort.waiting, 'scan')} to go`) : '',
    '</ul>'
  ].join('\n')
}

/** Ears with flags, whose numbers should not be used without a look at the scan. */
function warnedEars(done: readonly DoneCase[]) {
  return done
    .flatMap((of) => of.result.ears.map((ear) => ({ of, ear, flags: earFlags(of.result, ear) })))
    .map(({ flags, ...one }) => ({ ...one, warnings: flags.filter(({ severity }) => severity === 'warning') }))
    .filter(({ warnings }) => warnings.length > 0)
}

function doubts(done: readonly DoneCase[]): string[] {
  const columns = [{ head: 'Scan' }, { head: 'Side' }, { head: 'Why' }]
  const rows = warnedEars(done).map(({ of, ear, warnings }) => [
    { text: of.id, href: of.report },
    { text: ear.side },
    { text: warnings.map(({ text }) => text).join(' ') }
  ])
  return rows.length === 0 ? [] : [htmlTable(columns, rows)]
}

function distributions(quantities: readonly (readonly CohortValue[])[]): string[] {
  if (quantities.length === 0) return []
  const figures = quantities.map((values) => {
    const [first] = values as readonly [CohortValue]
    const { name, unit } = first
    const middle = median(values.map(({ value }) => value))
    const reference = first.ear.measurements.find(({ id }) => id === first.id)?.reference
    const samples = values.map(({ value, of, ear }) => ({
      value,
      title: `${of.id}, ${ear.side}: ${formatNumber(value)} ${unit}`,
      href: of.report
    }))
    return `<figure><figcaption>${escapeHtml(name)} <span>${formatNumber(middle)} ${escapeHtml(unit)}, ${values.length} ${noun(values.length, 'ear')}</span></figcaption>
${plotDistribution(samples, unit, reference)}</figure>`
  })
  return [
    '<p class="faint">A dot for each ear, of many a histogram; the dashed line and the number are the median; larger, ochre dots are outliers and lead to their reports; whether an ear is doubtful is said above. The band is the mean of real ears ± 2 standard deviations, where one is known.</p>',
    `<div class="cards">\n${figures.join('\n')}\n</div>`
  ]
}

function outliers(quantities: readonly (readonly CohortValue[])[]): string[] {
  const found = quantities
    .flatMap((values) => {
      const scores = robustScores(values.map(({ value }) => value))
      return values.map((value, n) => ({ ...value, score: scores[n] as number }))
    })
    .filter(({ score }) => Math.abs(score) > outlyingScore)
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score))
  if (found.length === 0) return []
  const columns = [
    { head: 'Scan' },
    { head: 'Side' },
    { head: 'Measurement' },
    { head: 'Value', numeric: true },
    { head: 'Robust z', numeric: true }
  ]
  const rows = found.map(({ of, ear, name, value, unit, score }) => [
    { text: of.id, href: of.report },
    { text: ear.side },
    { text: name },
    { text: `${formatNumber(value)} ${unit}` },
    { text: score.toFixed(1) }
  ])
  return [
    `<p class="faint">More than ${outlyingScore} robust standard deviations (0.6745 × distance from the median ÷ median absolute deviation) from the cohort’s median.</p>`,
    htmlTable(columns, rows)
  ]
}

function failures(failed: readonly FailedCase[]): string[] {
  if (failed.length === 0) return []
  const columns = [{ head: 'Scan' }, { head: 'Why' }, { head: 'Exit code', numeric: true }]
  const rows = failed.map(({ id, message, exitCode }) => [{ text: id }, { text: message }, { text: String(exitCode) }])
  return [htmlTable(columns, rows)]
}

function allEars(done: ReturnType<typeof doneCases>): string[] {
  if (done.length === 0) return []
  const columns = [{ head: 'Scan' }, { head: 'Side' }, { head: 'Labyrinth, mm³', numeric: true }, { head: 'Flags' }]
  const rows = done.flatMap(({ id, report, result }) =>
    result.ears.map((ear) => [
      { text: id, href: report },
      { text: ear.side },
      { text: formatNumber(ear.volumes.labyrinth) },
      { text: [...new Set(earFlags(result, ear).map((flag) => flag.id.replaceAll('_', ' ')))].join(', ') }
    ])
  )
  return [
    `<details><summary>${rows.length} ${noun(rows.length, 'ear')}</summary>\n${htmlTable(columns, rows)}</details>`
  ]
}
