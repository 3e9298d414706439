// The elements that take over what the server has written. Without them the page still reads.
import './sl-copy.js';
import './sl-explain.js';
import './sl-filter.js';
import './sl-follow.js';
import './sl-keys.js';
import './sl-live.js';
import './sl-what-if.js';

// ?palette=shap: the colours of SHAP's own plots
const palette = new URLSearchParams(location.search).get('palette');
if (palette === 'shap') {
  document.documentElement.dataset.palette = palette;
}
