// Fetching a screen's <main> and putting it in place of the one shown.
import {admit} from './admit.js';

/**
 * @param {string} url of a screen
 * @param {RequestInit} [init]
 * @returns {Promise<HTMLElement>} its main element, not yet in the document
 */
export async function fetchMain(url, init) {
  const whole = new URL(url, location.href);
  whole.searchParams.set('part', 'main');
  const answer = await fetch(whole, {credentials: 'same-origin', ...init});
  const template = document.createElement('template');
  template.innerHTML = admit(await answer.text());
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
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

addEventListener('popstate', async () => show(await fetchMain(location.href), location.href));
