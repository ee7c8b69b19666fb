import type { Findings } from '../../analyze/findings.ts'
import { landmarkKinds, parts } from '../../core/anatomy.ts'
import type { Scan } from '../../core/volume.ts'
import { escapeHtml } from '../escape-html.ts'
import { intervalBasis } from '../interval-basis.ts'
import { window } from '../picture/slice.ts'
import type { AnalysisResult, EarResult } from '../result.ts'
import { directionsInWords } from './directions-in-words.ts'
import { earFigures } from './ear-figures.ts'
import { electrodeTable } from './electrode-table.ts'
import { fileName } from './file-name.ts'
import { flagFigures, flagList } from './flags.ts'
import { implantTable } from './implant-table.ts'
import { landmarkTable } from './landmark-table.ts'
import { measurementTable } from './measurement-table.ts'
import { provenance } from './provenance.ts'
import { reportStyle } from './style.ts'

/** What a report is made from. */
export interface ReportContents {
  readonly scan: Scan
  readonly findings: Findings
  readonly result: AnalysisResult
  readonly created: Date
}

/** The page holds everything itself; a browser that obeys it loads and runs nothing. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** A result as one HTML page with pictures, for a screen, a phone or paper. It needs no other file and no network. */
export function createReport({ scan, findings, result, created }: ReportContents): string {
  const ears = findings.ears.map((ear, n) => {
    const measured = result.ears[n]
    const figures = earFigures(scan, ear)
    return `<section>
<h2>${ear.side === 'right' ? 'Right ear' : 'Left ear'} <span class="faint">side ${Math.round(100 * ear.sideConfidence)} % certain</span></h2>
<div class="overview">
${figures.space}
<div>
${measured === undefined ? '' : earNumbers(measured, intervalBasis(result))}
</div>
</div>
${measured === undefined ? '' : `${electrodeTable(measured)}${implantTable(measured)}`}
<h3>Oblique slices</h3>
${figures.oblique}
<h3>Landmarks</h3>
<div class="landmarks">${figures.landmarks}</div>
${flagFigures(result.flags, scan, ear)}
</section>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Inner ear report: ${escapeHtml(fileName(result.input.source))}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>Inner ear report</h1>
<p class="faint">${escapeHtml(fileName(result.input.source))}</p>
<p class="notice">${escapeHtml(result.notice)}</p>
${flagList(result.flags, findings)}
${legend()}
</header>
<main class="ears ${ears.length > 1 ? 'two' : 'one'}">
${ears.join('\n')}
</main>
<footer>
<h2>How this was made</h2>
${provenance(result, created)}
<p class="faint">Slices lie as radiologists read them: the patient's right is on the left. Gray values run from
${String(window.low).replace('-', '−')} to ${window.high} HU. Bands in the tables show the mean of real ears ± 2 standard deviations.</p>
</footer>
</body>
</html>
`
}

/** Landmarks, how the ear lies in words, and measurements. */
function earNumbers(ear: EarResult, basis: string | undefined): string {
  const words = directionsInWords(ear).map((sentence) => `<li>${escapeHtml(sentence)}</li>`)
  const inWords = words.length === 0 ? '' : `<ul class="words">${words.join('')}</ul>`
  return [landmarkTable(ear), inWords, measurementTable(ear, basis)].join('\n')
}

function legend(): string {
  const entry =
    (kind: string) =>
    ({ name, color }: (typeof parts)[number] | (typeof landmarkKinds)[number]) =>
      `<li><i class="${kind}" style="background:rgb(${color.join(' ')})"></i>${name}</li>`
  return `<ul class="legend">${[...parts.map(entry('part')), ...landmarkKinds.map(entry('dot'))].join('')}</ul>`
}
