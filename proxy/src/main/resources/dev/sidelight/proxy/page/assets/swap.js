// Fetching a screen's <main> and putting it in place of the one shown.
import {admit} from './admit.js';

/**
 * @param {string} url of a screen
 * @param {RequestInit} [init]
 * @returns {Promise<HTMLElement>} its main element, not yet in the document; fails where the answer has
 *     none
 */
export async function fetchMain(url, init) {
  const whole = new URL(url, location.href);
  whole.searchParams.set('part', 'main');
  const answer = await fetch(whole, {credentials: 'same-origin', ...init});
  const template = document.createElement('template');
  template.innerHTML = admit(await answer.text());
  const main = /** @type {HTMLElement | null} */ (template.content.querySelector('#main'));
  if (!main) {
    throw new Error('the server answered ' + answer.status + ' without a screen');
  }
  return main;
}

/**
 * Shows a screen; the address tells the same afterwards.
 * @param {HTMLElement} main
 * @param {string} url
 */
export function show(main, url) {
  document.getElementById('main').replaceWith(main);
  document.title = main.dataset.title + ' · Sidelight';
  const address = new URL(url, location.href).href;
  if (address !== location.href) {
    history.pushState({swapped: true}, '', address);
  }
  shown = screen();
  scrollTo(0, 0);
  main.focus({preventScroll: true});
}

/**
 * Puts a screen in place of the same one, grown: what is read stays where it is.
 * @param {HTMLElement} main
 */
export function settle(main) {
  const here = document.getElementById('main');
  const held = here.contains(document.activeElement);
  here.replaceWith(main);
  document.title = main.dataset.title + ' · Sidelight';
  if (held) {
    main.focus({preventScroll: true});
  }
}

/** What is shown, without the fragment: going to one is not going to another screen. */
const screen = () => location.pathname + location.search;
let shown = screen();

addEventListener('popstate', async () => {
  const wanted = screen();
  if (wanted === shown) {
    return;
  }
  try {
    const main = await fetchMain(wanted);
    if (wanted === screen()) { // or somebody went on while it came
      show(main, location.href);
    }
  } catch {
    location.reload();
  }
});
