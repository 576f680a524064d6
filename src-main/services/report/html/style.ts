// The page's style: light and dark designed together (text at AA or better on both), Okabe–Ito for the two models.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --surface: #ffffff; --ink: #1b1f24; --muted: #58616c; --line: #e2e4e8; --code: #f3f4f5;
  --dense: #0072b2; --pruned: #d55e00; --dense-text: #00639c; --pruned-text: #ad4b00;
  --sans: Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --mono: "JetBrains Mono", ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --surface: #1b1f23; --ink: #e6e8eb; --muted: #a3acb7; --line: #2d333a; --code: #20252a;
    --dense: #56b4e9; --pruned: #e69f00; --dense-text: #7cc6ef; --pruned-text: #efb231;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 400 15px/1.6 var(--sans); font-variant-numeric: tabular-nums; }
main { max-width: 880px; margin: 0 auto; padding: 64px 32px 48px; }
h1, h2, h3, strong, th { font-weight: 600; }
h1 { max-width: 26em; margin: 0 0 10px; font-size: 30px; line-height: 1.25; letter-spacing: -0.012em; text-wrap: pretty; }
h2 { margin: 0 0 20px; font-size: 19px; line-height: 1.3; letter-spacing: -0.006em; }
h3 { margin: 28px 0 8px; font-size: 14px; line-height: 1.4; }
p, ul { max-width: 68ch; margin: 16px 0; text-wrap: pretty; }
ul { padding-left: 20px; }
li { margin: 8px 0; padding-left: 4px; }
li::marker { color: var(--muted); }
section > :last-child, section > .wide:last-child table { margin-bottom: 0; }
section { margin-top: 56px; padding-top: 32px; border-top: 1px solid var(--line); }
.name { margin: 0 0 12px; color: var(--muted); font-size: 14px; overflow-wrap: anywhere; }
.evidence { margin: 0; font-size: 17px; line-height: 1.5; }
.evidence::first-letter { text-transform: uppercase; }
.remark { margin: 10px 0 0; color: var(--muted); }
code, pre { font-family: var(--mono); font-size: 12.5px; font-variant-ligatures: none; }
p code, li code { padding: 1px 5px; border-radius: 4px; background: var(--code); }
pre { margin: 8px 0 16px; padding: 14px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--code);
  line-height: 1.6; overflow-x: auto; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin: 32px 0 0; }
dl > div { padding: 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); }
dt { color: var(--muted); font-size: 13px; }
dd { margin: 0; }
dd strong { display: block; margin: 4px 0 2px; font-size: 26px; line-height: 1.25; letter-spacing: -0.015em; }
dd span { display: block; color: var(--muted); font-size: 12.5px; line-height: 1.45; }
.wide { overflow-x: auto; }
table { width: 100%; margin: 8px 0 24px; border-collapse: collapse; font-size: 13.5px; line-height: 1.45; }
th, td { padding: 8px 12px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--muted); font-size: 12.5px; font-weight: 400; vertical-align: bottom; }
th[scope="rowgroup"] { padding-top: 22px; font-size: 12.5px; }
td.text:first-child { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
td.code { white-space: nowrap; }
td.text code { overflow-wrap: anywhere; }
figure { margin: 0 0 32px; }
figcaption strong { display: block; font-size: 15px; }
figcaption span { display: block; max-width: 68ch; margin: 2px 0 16px; color: var(--muted); font-size: 13px; }
svg { display: block; width: 100%; min-width: 600px; height: auto; font: 12px var(--sans); }
svg text { fill: var(--ink); }
svg .tick { fill: var(--muted); font-size: 11.5px; }
svg .group { fill: var(--muted); }
svg .value { font-weight: 600; }
svg .name { font-family: var(--mono); font-size: 11.5px; }
svg .grid { stroke: var(--line); }
svg .axis { stroke: var(--muted); }
svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
svg .casing { stroke: var(--page); stroke-width: 4.5; }
svg .asked { stroke: var(--muted); stroke-dasharray: 4 4; }
svg .link { stroke: var(--line); stroke-width: 3; }
svg .halo { stroke: var(--page); stroke-width: 2; }
svg .dense.fill { fill: var(--dense); }
svg .dense.band { fill: var(--dense); stroke: var(--dense); opacity: 0.22; }
svg .dense.text { fill: var(--dense-text); font-weight: 600; }
svg .pruned.fill { fill: var(--pruned); }
svg .pruned.open { fill: var(--page); stroke: var(--pruned); stroke-width: 1.8; }
svg .pruned.path { fill: none; stroke: var(--pruned); stroke-width: 1.8; opacity: 0.65; }
svg .pruned.text { fill: var(--pruned-text); font-weight: 600; }
footer { margin-top: 56px; padding-top: 20px; border-top: 1px solid var(--line); color: var(--muted); font-size: 13px; }
@media (max-width: 600px) {
  main { padding: 32px 16px; }
  h1 { font-size: 23px; }
  .evidence { font-size: 15px; }
  section { margin-top: 40px; padding-top: 24px; }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --surface: #ffffff; --ink: #000000; --muted: #4a4f55; --line: #cfd2d6; --code: #f6f6f6;
    --dense: #0072b2; --pruned: #d55e00; --dense-text: #00639c; --pruned-text: #ad4b00;
  }
  @page { margin: 18mm 16mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 17pt; }
  h2, h3, figcaption { break-after: avoid; }
  figure, tr, dl > div { break-inside: avoid; }
  thead { display: table-header-group; }
  section { margin-top: 28px; padding-top: 18px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; overflow: visible; }
  .wide { overflow: visible; }
  svg { min-width: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`.trimStart();
