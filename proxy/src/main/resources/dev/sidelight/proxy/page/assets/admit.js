// The one door by which HTML of our own server enters the document.

const ELEMENTS = new Set(
  ('main nav section div p span a h1 h2 h3 dl dt dd table caption thead tbody tr th td time form ' +
   'label select option button input details summary pre code strong figure data ' +
   'sl-copy sl-explain sl-filter sl-follow sl-live sl-what-if ' +
   'svg g title desc defs pattern rect line polygon path circle text tspan').split(' '));

const ATTRIBUTES = new Set(
  ('id class role title tabindex href action method name type value selected checked step min max rel scope colspan ' +
   'datetime placeholder spellcheck autocomplete autocapitalize open filter ' +
   'xmlns viewBox x y x1 y1 x2 y2 cx cy r rx d width height points fill text-anchor font-size ' +
   'patternUnits patternTransform preserveAspectRatio').split(' '));

/** Elements, attributes and text exactly as our server writes them; nothing else parses. */
const TOKEN =
  /<(?:\/([a-zA-Z][a-zA-Z0-9-]*)|([a-zA-Z][a-zA-Z0-9-]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)\/?)>|[^<>]+/y;
const ATTRIBUTE = / ([a-zA-Z][a-zA-Z0-9-]*)="([^"<>]*)"/g;

/** @param {string} name @param {string} value */
function isAdmitted(name, value) {
  if (name === 'href' || name === 'action') {
    return /^(\/(?![/\\])|[#?])/.test(value); // a browser reads a backslash as a slash
  }
  if (name === 'fill') {
    return /^url\(#[a-z-]+\)$/.test(value);
  }
  if (name === 'xmlns') {
    return value === 'http://www.w3.org/2000/svg';
  }
  return ATTRIBUTES.has(name) || name.startsWith('aria-') || name.startsWith('data-');
}

/** @param {string} markup @returns {string} the same, or an error */
function checked(markup) {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const token = TOKEN.exec(markup);
    if (!token) {
      throw new TypeError('this is not markup of ours');
    }
    const element = token[1] || token[2];
    if (element && !ELEMENTS.has(element)) {
      throw new TypeError('no element of ours: ' + element);
    }
    for (const [, name, value] of (token[3] || '').matchAll(ATTRIBUTE)) {
      if (!isAdmitted(name, value)) {
        throw new TypeError('no attribute of ours: ' + name);
      }
    }
  }
  return markup;
}

const policy = globalThis.trustedTypes?.createPolicy('sidelight-svg', {createHTML: checked});

/**
 * HTML of our own, checked element by element.
 * @param {string} markup
 * @returns {TrustedHTML | string}
 */
export function admit(markup) {
  return policy ? policy.createHTML(markup) : checked(markup);
}
