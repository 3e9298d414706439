package dev.sidelight.proxy.browser;

/** Measures text against what lies behind it, as WCAG 2.2 defines it (1.4.3). */
final class Contrast {

  /** Gives the texts below 4.5 to 1. */
  static final String SCRIPT =
      """
      () => {
        const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
          .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = (e) => {
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        const poor = [];
        for (const e of document.querySelectorAll('body *')) {
          const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
          if (!text || e.closest('svg title, svg desc, option, .hidden') || !e.checkVisibility()) {
            continue;
          }
          const style = getComputedStyle(e);
          const colour = e.closest('svg') ? style.fill : style.color;
          const [a, b] = [light(rgb(colour)), light(behind(e))].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < 4.5) poor.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
        }
        return poor;
      }
      """;

  private Contrast() {}
}
