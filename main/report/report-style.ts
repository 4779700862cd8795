/** How a report looks, in the window's own colours, light and dark as the reader's system is. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #f3f5f8; --panel: #fff; --line: #d9dfe6; --text: #1a232d; --soft: #51606f;
  --encoder: #1f73b7; --encoder-fill: #dcecf9; --code: #9a6100; --code-fill: #fdebc8; --decoder: #0d7d5c;
  --decoder-fill: #d5f1e7; --validation: #7d45b0; --level: #c4321c; --wire: #8592a0; }
@media (prefers-color-scheme: dark) { :root { --ground: #10151b; --panel: #171d25; --line: #2c3642; --text: #e3e9f0;
  --soft: #9dabba; --encoder: #58a6e8; --encoder-fill: #1b3a56; --code: #f2b035; --code-fill: #54401a; --decoder: #3cc49a;
  --decoder-fill: #17463a; --validation: #c79bea; --level: #ff7a66; --wire: #6b7b8c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 14px/1.5 Inter, "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 48px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 2px; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 0 0 10px; }
p { margin: 0 0 8px; }
.soft, figcaption, .note { color: var(--soft); }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 16px 18px; margin-top: 14px; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 14px 0 0; }
.facts div { min-width: 96px; }
.facts dt { color: var(--soft); font-size: 12px; }
.facts dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 500; font-size: 12px; }
td.number, th.number { text-align: right; }
tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; }
td.soft { white-space: nowrap; width: 1%; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 18px 32px; }
.columns h3 { font-size: 12px; color: var(--soft); font-weight: 600; margin: 0 0 4px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 20px; }
figure { margin: 0; }
svg { display: block; max-width: 100%; height: auto; }
svg.chart { width: 100%; }
.drawing .wire { fill: none; stroke: var(--wire); stroke-width: 1.5; }
.drawing .skip { stroke-dasharray: 5 4; }
.drawing polygon { stroke-width: 1.25; stroke-linejoin: round; }
.encoder polygon { fill: var(--encoder-fill); stroke: var(--encoder); }
.code polygon { fill: var(--code-fill); stroke: var(--code); }
.decoder polygon { fill: var(--decoder-fill); stroke: var(--decoder); }
.bypassed polygon { stroke-dasharray: 4 3; fill: none; }
.drawing text { fill: var(--text); text-anchor: middle; font-size: 11px; }
.drawing .name { font-weight: 600; font-size: 12px; }
.drawing .detail { fill: var(--soft); }
.chart text { fill: var(--soft); font-size: 11px; text-anchor: middle; }
.chart .title { fill: var(--text); font-weight: 600; font-size: 13px; text-anchor: start; }
.chart .end { text-anchor: end; }
.grid { stroke: var(--line); stroke-width: 1; }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.line.training { stroke: var(--encoder); stroke-width: 1.25; }
.line.validation { stroke: var(--validation); }
.line.level { stroke: var(--level); stroke-dasharray: 6 4; }
circle.training { fill: var(--encoder); }
circle.validation { fill: var(--validation); }
.key { margin-right: 18px; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; border-top: 2px solid; }
.key.training::before { border-color: var(--encoder); }
.key.validation::before { border-color: var(--validation); }
.key.level::before { border-color: var(--level); border-top-style: dashed; }
figure img { max-width: 100%; height: auto; border-radius: 4px; }
.pictures { display: grid; gap: 18px; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: 4px; padding: 10px 12px; margin: 8px 0;
  overflow-x: auto; font: 12.5px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
a { color: var(--encoder); }
@media print { body { background: none; } section { break-inside: avoid; } }
`;
