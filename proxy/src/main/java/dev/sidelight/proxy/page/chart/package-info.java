/**
 * Charts as SVG: a record in, the same bytes out every time. Colours come from the page's style
 * sheet by class. Start at {@link dev.sidelight.proxy.page.chart.WaterfallChart}.
 */
@NullMarked
package dev.sidelight.proxy.page.chart;

import org.jspecify.annotations.NullMarked;
