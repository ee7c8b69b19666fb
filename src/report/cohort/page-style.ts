/**
 * The summary page's style; colours follow the reader's light or dark setting, paper is always light. An outlier has a
 * colour of its own: it is a value far from the others, and no flag stands behind it.
 */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1d2733; --faint: #66727f; --line: #dde2e8; --card: #ffffff; --ground: #f5f7f9;
  --bar: #b9cbdc; --band: #e3ebf2; --mark: #33597f; --outlier: #9a6700; --alarm: #b3261e; --link: #1f5f99; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ee; --faint: #97a3af; --line: #303a45; --card: #1b222a;
  --ground: #12171d; --bar: #3c5268; --band: #253241; --mark: #9cc2e6; --outlier: #e3b341; --alarm: #ff8a80; --link: #8ec1f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 72rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; font-weight: 600; }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; font-weight: 600; }
p { margin: .3rem 0; }
.faint { color: var(--faint); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
.counts b { display: block; font-size: 1.7rem; font-weight: 600; line-height: 1.15; font-variant-numeric: tabular-nums; }
.counts .alarm b { color: var(--alarm); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .8rem; }
figure { display: flex; flex-direction: column; justify-content: space-between; margin: 0; padding: .7rem .8rem .4rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  break-inside: avoid; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
figcaption span { color: var(--faint); font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: auto; }
svg .bar { fill: var(--bar); }
svg .band { fill: var(--band); } svg .mean { stroke: var(--faint); } svg .grid { stroke: var(--line); }
svg .middle { text-anchor: middle; }
svg text { fill: var(--faint); font-size: 11px; font-variant-numeric: tabular-nums; }
svg .ear { fill: var(--mark); fill-opacity: .7; }
svg .median { stroke: var(--ink); stroke-dasharray: 2 3; }
svg .outlier { fill: var(--outlier); }
.scroll { overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .8rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--faint); font-weight: 500; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { th, td { padding: .3rem .4rem; font-size: .87rem; } }
@media (min-width: 40rem) { td a { white-space: nowrap; } }
summary { cursor: pointer; color: var(--link); }
@media print { :root { color-scheme: light; --ground: #ffffff; } body { padding: 0; font-size: 11px; } }
`
