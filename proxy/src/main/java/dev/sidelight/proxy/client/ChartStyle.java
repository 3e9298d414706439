package dev.sidelight.proxy.client;

/**
 * The sheet of pictures and reports that leave the server: colours for light and dark, no foreign
 * address, no sign that HTML or XML would read otherwise.
 */
final class ChartStyle {

  static final String CHART =
      """
      .waterfall { color-scheme: light dark; background: #ffffff; background: light-dark(#ffffff, #1a1d22);
        --ink: #1d2026; --ink: light-dark(#1d2026, #e9e7e2); --soft: #5b616b; --soft: light-dark(#5b616b, #a4abb6);
        --line: #e3e0d8; --line: light-dark(#e3e0d8, #2e333a); --paper: #ffffff; --paper: light-dark(#ffffff, #1a1d22);
        --up: #d9720a; --up: light-dark(#d9720a, #f2a33a); --up-text: #9a4a00; --up-text: light-dark(#9a4a00, #f5b664);
        --down: #2f6fc4; --down: light-dark(#2f6fc4, #6ea8f0);
        --down-text: #1e56a0; --down-text: light-dark(#1e56a0, #93bff5);
        font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums; }
      .waterfall text { fill: var(--ink); }
      .waterfall .axis text { fill: var(--soft); font-size: 11px; }
      .waterfall .grid { stroke: var(--line); }
      .waterfall .link { stroke: var(--soft); }
      .waterfall .average, .waterfall line.prediction { stroke: var(--soft); stroke-dasharray: 3 3; }
      .waterfall .end, .waterfall .name, .waterfall .figure { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
      .waterfall .end, .waterfall .figure { font-weight: 600; }
      .waterfall .value { fill: var(--soft); }
      .waterfall .raises polygon { fill: var(--up); }
      .waterfall .lowers polygon:not(.hatched) { fill: var(--down); }
      .waterfall .hatch { fill: var(--paper); fill-opacity: .45; }
      .waterfall .whisker { stroke: var(--ink); stroke-width: 1.5; }
      .waterfall .raises .figure { fill: var(--up-text); }
      .waterfall .lowers .figure { fill: var(--down-text); }
      """;

  static final String REPORT =
      """
      :root { color-scheme: light dark; }
      body { max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; font: 15px/1.5 system-ui, sans-serif;
        color: #1d2026; color: light-dark(#1d2026, #e9e7e2); background: #ffffff; background: light-dark(#ffffff, #1a1d22); }
      h1 { font-size: 1.4rem; line-height: 1.3; overflow-wrap: anywhere; }
      svg { display: block; width: 100%; height: auto; }
      table { border-collapse: collapse; margin: 1.2rem 0; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .25rem 1.2rem .25rem 0; border-top: 1px solid #8b8f9666; overflow-wrap: anywhere; }
      td.number { text-align: right; white-space: nowrap; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; }
      section + section { break-before: page; margin-top: 3rem; }
      @page { size: A4; margin: 15mm; }
      """;

  private ChartStyle() {}
}
