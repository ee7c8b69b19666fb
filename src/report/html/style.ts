/** The report's style: the reader's light or dark setting on a screen, always light on A4 paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1b242d; --faint: #5f6b77; --line: #d9dfe5; --ground: #fff; --band: #cfdbe6;
  --value: #1f4e79; --alert: #a3341f; --note: #fdf6e8; --space: #f3f5f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ed; --faint: #98a4b0; --line: #313a44; --ground: #14191f;
  --band: #3a4b5c; --value: #9cc5ec; --alert: #ff9b82; --note: #2b2618; --space: #1b222a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
h1, h2, h3, h4 { font-weight: 600; line-height: 1.25; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 1.8rem 0 .6rem; padding-bottom: .3rem; font-size: 1.2rem; border-bottom: 1px solid var(--line); }
h2 .faint { margin-left: .5rem; font-size: .87rem; font-weight: 400; }
h3 { margin: 1.4rem 0 .5rem; font-size: 1rem; }
h4 { margin: .8rem 0 .3rem; font-size: .87rem; }
p { margin: .2rem 0; overflow-wrap: anywhere; }
.faint { color: var(--faint); }
.notice { margin-top: .5rem; font-weight: 600; }
.flags { margin: 1rem 0 0; padding: 0; list-style: none; background: var(--note); }
.flags li { padding: .3rem .8rem; border-left: 3px solid var(--faint); }
.flags .warning { border-color: var(--alert); font-weight: 600; }
.ears { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 2.5rem; }
.pair, .triple { display: grid; gap: .6rem; }
.pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.triple { grid-template-columns: repeat(3, minmax(0, 1fr)); }
figure { margin: 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; border-radius: 3px; background: #000; }
figcaption { margin-top: .15rem; color: var(--faint); font-size: .8rem; }
.space svg { background: var(--space); }
.outline path { fill: none; stroke-width: 1; stroke-linejoin: round; }
.landmark circle { stroke: #fff; stroke-width: .8; }
svg text { font-size: 8.5px; paint-order: stroke; stroke: #000a; stroke-width: 2px; fill: #fff; }
.two .pair svg text { font-size: 10.5px; }
.direction text { font-size: 9px; font-weight: 600; }
.ruler path { stroke: #fff; stroke-width: 1.4; }
.triple .landmark text { display: none; }
.triple .landmark circle { r: 5px; stroke-width: 1.8; }
.triple svg text { font-size: 16px; stroke-width: 3px; }
.triple .ruler path { stroke-width: 3; }
.space svg text { fill: var(--ink); stroke: var(--space); }
.space .ruler path { stroke: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: .8rem 0 0; padding: 0; list-style: none; font-size: .87rem; }
.legend i { display: inline-block; width: .7em; height: .7em; margin-right: .4em; border-radius: 2px; }
.legend .dot { border-radius: 50%; }
table { width: 100%; border-collapse: collapse; font-size: .87rem; }
th, td { padding: .3rem .5rem; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); }
tr { break-inside: avoid; }
tbody th { font-weight: 400; }
tbody .group { padding-top: .9rem; color: var(--faint); font-weight: 600; }
thead th { color: var(--faint); font-weight: 500; }
th:first-child, td:first-child { padding-left: 0; }
.unit { padding-left: 0; color: var(--faint); }
.interval { color: var(--faint); }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.electrode { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; align-items: start; }
.along svg { background: none; } .along path { fill: none; stroke-linecap: round; }
.along .duct { stroke: var(--line); stroke-width: 9; } .along .electrode { stroke: var(--value); stroke-width: 3; }
.along circle { fill: var(--ground); stroke: var(--value); stroke-width: 1.6; }
.along svg text { font-size: 10px; fill: var(--ink); stroke: none; }
th small, .among small { display: block; color: var(--faint); font-size: .8em; font-weight: 400; }
.among { min-width: 10.5rem; }
.words { margin: .8rem 0; padding-left: 1.1rem; font-size: .87rem; }
.folded, .definitions { margin: .6rem 0; font-size: .87rem; } summary { cursor: pointer; color: var(--value); }
.definitions dl { display: block; } .definitions dt { margin-top: .4rem; color: var(--ink); font-weight: 500; }
.flags a { color: var(--value); } caption { padding-bottom: .4rem; color: var(--faint); text-align: left; }
.range { display: block; width: 100%; min-width: 4.5rem; max-width: 9rem; }
.range .whole { fill: var(--line); } .range .band { fill: var(--band); } .range .mean { stroke: var(--faint); }
.range circle { fill: var(--value); } .range .interval { stroke: var(--value); stroke-width: 1.4; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem 1rem; margin: 0; font-size: .87rem; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.overview { display: grid; gap: 1rem; }
@media (min-width: 60rem) { .two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .one .overview { grid-template-columns: 2fr 3fr; gap: 2rem; align-items: start; }
  .one .overview .pair { grid-template-columns: minmax(0, 1fr); }
  .one .slices { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .one .landmarks { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; } }
@media (max-width: 30rem) { body { font-size: 14px; } th, td { padding: .3rem .25rem; }
  .pair, .electrode { grid-template-columns: minmax(0, 1fr); }
  /* One below the other, so that no number is dropped. */
  .measured thead { display: none; } .measured tr { display: grid; grid-template-columns: 1fr 1fr; border-bottom: 1px solid var(--line); }
  .measured th, .measured td { border: 0; } .measured th, .measured .among, .measured .faint { grid-column: 1 / 3; }
  .measured td.number { padding-left: 0; text-align: left; } .measured td:empty { display: none; } }
@page { size: A4; margin: 14mm; }
@page wide { size: A4 landscape; margin: 12mm; }
@media print { :root { color-scheme: light; --ink: #1b242d; --faint: #5f6b77; --line: #d9dfe5; --ground: #fff;
    --band: #cfdbe6; --value: #1f4e79; --alert: #a3341f; --note: #fdf6e8; --space: #f3f5f7; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } body { padding: 0; max-width: none; font-size: 10pt; }
  table { font-size: 8.5pt; line-height: 1.3; } th, td { padding: .13rem .4rem; } tbody .group { padding-top: .4rem; }
  /* Tables in a grid are printed over what follows them at the end of a page. */
  .one, .overview { display: block; } .overview table { margin-top: .6rem; }
  .one .overview .pair, .one .slices { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .one .landmarks { display: block; }
  /* Paper unfolds nothing. */
  details::details-content { content-visibility: visible; block-size: auto; } summary { color: inherit; }
  body:has(.two) { page: wide; } .two { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 8mm; }
  dl, footer p { font-size: 8.5pt; } footer { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; } .pair, .triple { break-inside: avoid; } }
`
