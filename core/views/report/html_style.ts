/** The style of a report: one file, light and dark, for screens, phones and paper. */
import { html, type Markup } from "./markup.ts";

/** The content of its `<style>`. */
export const STYLE: Markup = html`
    :root {
      color-scheme: light dark;
      --page: light-dark(#ffffff, #10161b);
      --raised: light-dark(#f3f6f8, #1a232b);
      --line: light-dark(#d9e0e6, #2d3a45);
      --text: light-dark(#16222b, #e6edf2);
      --faint: light-dark(#526370, #a3b2be);
      --accent: light-dark(#0b6477, #5cc8dd);
      --good: light-dark(#08694f, #45d0a9);
      --bad: light-dark(#a83a06, #ff9e6b);
      --open: light-dark(#71560a, #e9c766);
      --c0: light-dark(#0b6477, #5cc8dd);
      --c1: light-dark(#c2571a, #f39a5f);
      --c2: light-dark(#7a4fa3, #c2a0e8);
      --c3: light-dark(#4d8a22, #8fcf5f);
      --c4: light-dark(#b3387c, #f08cc0);
      --c5: light-dark(#8a7400, #d8c24a);
      --c6: light-dark(#3558c4, #8fa8ff);
      --c7: light-dark(#16222b, #e6edf2);
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto;
      max-width: 1180px;
      padding: 32px 24px 64px;
      background: var(--page);
      color: var(--text);
      font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    a { color: var(--accent); text-underline-offset: 3px; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    h1 { margin: 0 0 4px; font-size: 28px; line-height: 1.2; }
    h2 { margin: 48px 0 4px; padding-top: 16px; border-top: 2px solid var(--text); font-size: 22px; }
    h3 { margin: 32px 0 8px; font-size: 17px; }
    h4 { margin: 20px 0 4px; font-size: 15px; }
    p { margin: 8px 0; max-width: 74ch; }
    .faint, figcaption, .note { color: var(--faint); }
    .note, figcaption { font-size: 13px; }
    ul.plain { margin: 8px 0; padding-left: 20px; }
    .statements { margin: 12px 0; padding: 8px 16px; border-left: 4px solid var(--accent); background: var(--raised); }
    .scroll { overflow-x: auto; margin: 8px 0; }
    table { border-collapse: collapse; font-size: 14px; overflow-wrap: normal; }
    th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    th { color: var(--faint); font-weight: 600; vertical-align: bottom; }
    td.num, th.num { text-align: right; }
  td.num { white-space: nowrap; }
    tbody th { color: var(--text); font-weight: 500; vertical-align: top; }
    tr.first td, tr.first th { font-weight: 650; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 12px 0; }
    dt { color: var(--faint); }
    dd { margin: 0; min-width: 0; }
    pre {
      margin: 8px 0;
      padding: 12px 16px;
      overflow-x: auto;
      border-radius: 8px;
      background: var(--raised);
      font: 13px/1.5 var(--mono);
    }
    code { font: 0.92em var(--mono); }
    .figures { display: flex; flex-wrap: wrap; gap: 16px 24px; margin: 8px 0; }
    figure { margin: 0; flex: 1 1 400px; max-width: 540px; min-width: 0; }
    figure h4 { margin-top: 4px; }
    .chart { display: block; width: 100%; height: auto; }
    .chart text { fill: var(--text); font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; }
    .chart .tick { fill: var(--faint); font-size: 12px; }
    .chart .name { fill: var(--faint); }
    .chart .label { font-size: 12px; }
    .grid { stroke: var(--line); stroke-width: 1; }
    .stub, .axis { stroke: var(--faint); stroke-width: 1; }
    .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
    .dashed { stroke-dasharray: 6 4; }
    .band { stroke: none; opacity: 0.16; }
    .datum { fill: var(--faint); opacity: 0.45; }
    .whisker.inner { stroke: var(--c0); stroke-width: 3; stroke-linecap: round; }
    .whisker.outer { stroke: var(--line); stroke-width: 9; }
    .row.faint { opacity: 0.55; }
    .mark { fill: var(--c1); stroke: var(--page); stroke-width: 1; }
    .line.c0 { stroke: var(--c0); } .band.c0, .dot.c0 { fill: var(--c0); }
    .line.c1 { stroke: var(--c1); } .band.c1, .dot.c1 { fill: var(--c1); }
    .line.c2 { stroke: var(--c2); } .band.c2, .dot.c2 { fill: var(--c2); }
    .line.c3 { stroke: var(--c3); } .band.c3, .dot.c3 { fill: var(--c3); }
    .line.c4 { stroke: var(--c4); } .band.c4, .dot.c4 { fill: var(--c4); }
    .line.c5 { stroke: var(--c5); } .band.c5, .dot.c5 { fill: var(--c5); }
    .line.c6 { stroke: var(--c6); } .band.c6, .dot.c6 { fill: var(--c6); }
    .line.c7 { stroke: var(--c7); } .band.c7, .dot.c7 { fill: var(--c7); }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0; padding: 0; list-style: none; font-size: 13px; }
    .legend svg { width: 22px; height: 10px; margin-right: 6px; }
    .heat .cell { fill: none; stroke: var(--line); }
    .heat .right { fill: var(--c0); }
    .heat .wrong { fill: var(--c1); }
    .heat .on-strong { fill: var(--page); font-weight: 600; }
    .surface { max-width: 420px; }
    .surface path, .surface rect { shape-rendering: crispEdges; stroke: none; }
    .band-0 { fill: color-mix(in oklab, var(--c1) 62%, var(--page)); opacity: 1; }
    .band-1 { fill: color-mix(in oklab, var(--c1) 48%, var(--page)); }
    .band-2 { fill: color-mix(in oklab, var(--c1) 36%, var(--page)); }
    .band-3 { fill: color-mix(in oklab, var(--c1) 24%, var(--page)); }
    .band-4 { fill: color-mix(in oklab, var(--c1) 12%, var(--page)); }
    .band-5 { fill: color-mix(in oklab, var(--c0) 12%, var(--page)); }
    .band-6 { fill: color-mix(in oklab, var(--c0) 24%, var(--page)); }
    .band-7 { fill: color-mix(in oklab, var(--c0) 36%, var(--page)); }
    .band-8 { fill: color-mix(in oklab, var(--c0) 48%, var(--page)); }
    .band-9 { fill: color-mix(in oklab, var(--c0) 62%, var(--page)); }
    .point { stroke: var(--page); stroke-width: 0.7; }
    .class-0 { fill: var(--c1); }
    .class-1 { fill: var(--c0); }
    .mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(116px, 1fr)); gap: 16px; margin: 12px 0; padding: 0; list-style: none; font-size: 13px; }
    .mistakes img { display: block; width: 96px; height: 96px; object-fit: contain; image-rendering: pixelated; border: 1px solid var(--line); }
    .samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 16px; margin: 12px 0; padding: 0; list-style: none; font-size: 13px; }
    .samples span { display: flex; flex-wrap: wrap; gap: 4px; }
    .samples img { display: block; width: 64px; height: 64px; object-fit: contain; image-rendering: pixelated; border: 1px solid var(--line); }
    .verdict { font-weight: 650; white-space: nowrap; }
    .verdict.good { color: var(--good); }
    .verdict.bad { color: var(--bad); }
    .verdict.open { color: var(--open); }
    summary { cursor: pointer; color: var(--accent); }
    @media (max-width: 640px) {
      body { padding: 20px 14px 48px; font-size: 14px; }
      h1 { font-size: 23px; }
      dl { grid-template-columns: 1fr; gap: 0; }
      dd { margin-bottom: 8px; }
      .figures { gap: 12px; }
      .samples { grid-template-columns: 1fr; }
    figure { flex-basis: 100%; }
    }
    @media print {
      :root { color-scheme: light; }
      body { max-width: none; padding: 0; font-size: 10.5pt; }
      h2 { break-before: page; }
      h2.flows { break-before: auto; }
      h3, h4 { break-after: avoid; }
      figure, tr, .mistakes li, .samples li { break-inside: avoid; }
      .scroll, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
      table { width: 100%; font-size: 7.5pt; }
    th, td { padding: 2px 6px 2px 0; }
    td.num, .verdict { white-space: normal; }
      .chart, .mark, .heat, .surface, .statements, pre { print-color-adjust: exact; }
    }
`;
