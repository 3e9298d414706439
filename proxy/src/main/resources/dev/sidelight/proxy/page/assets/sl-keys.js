// <sl-keys>: one-letter shortcuts, a help dialog that lists them, a switch to turn them off.
import {LitElement, html} from 'lit';
import {EXPLAIN_NEXT} from './sl-explain.js';

const OFF = 'sidelight.keys.off';

const HELP = [
  ['j / k', 'next / previous request'],
  ['Enter', 'open it'],
  ['e', 'explain it'],
  ['Esc', 'back'],
  ['/', 'filter'],
  ['p', 'pause or go on'],
  ['g r', 'requests'],
  ['g i', 'importance'],
  ['?', 'this help'],
];

class SlKeys extends LitElement {
  static properties = {off: {state: true}};

  constructor() {
    super();
    this.off = localStorage.getItem(OFF) === 'yes';
    this.before = '';
    this.press = this.press.bind(this);
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.press);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.press);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (target.closest?.('input, select, textarea')) {
      if (event.key === 'Escape') {
        target.blur();
      }
      return;
    }
    if (this.off && event.key !== 'Escape') {
      return;
    }
    const key = this.before + event.key;
    this.before = event.key === 'g' ? 'g ' : '';
    if (this.act(key)) {
      event.preventDefault();
    }
  }

  /** @param {string} key @returns {boolean} whether it means something here */
  act(key) {
    const main = document.getElementById('main');
    switch (key) {
      case 'j': return this.move(1);
      case 'k': return this.move(-1);
      case 'e': return this.explain();
      case '/': return this.to('input[name=filter]');
      case 'p': return this.pause();
      case '?': return this.help();
      case 'g r': location.assign('/ui/requests'); return true;
      case 'g i': location.assign('/ui/importance'); return true;
      case 'Escape':
        if (main.dataset.up !== location.pathname) {
          location.assign(main.dataset.up);
        }
        return true;
      default: return false;
    }
  }

  /** @param {number} step */
  move(step) {
    const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('a.cover'))];
    if (rows.length === 0) {
      return false;
    }
    const at = rows.findIndex((row) => row.closest('tr').contains(document.activeElement));
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step));
    rows[next].focus();
    return true;
  }

  explain() {
    const form = /** @type {HTMLFormElement} */ (document.querySelector('sl-explain form'));
    if (form) {
      form.requestSubmit();
      return true;
    }
    const row = document.activeElement?.closest('tr');
    const link = /** @type {HTMLAnchorElement} */ (row?.querySelector('td.explained a'));
    if (!link) {
      return false;
    }
    if (link.classList.contains('offer')) {
      sessionStorage.setItem(EXPLAIN_NEXT, new URL(link.href).pathname);
    }
    link.click();
    return true;
  }

  /** @param {string} selector */
  to(selector) {
    const found = /** @type {HTMLInputElement} */ (document.querySelector(selector));
    found?.focus();
    found?.select();
    return Boolean(found);
  }

  pause() {
    const live = /** @type {any} */ (document.querySelector('sl-live'));
    live?.toggle();
    return Boolean(live);
  }

  help() {
    this.querySelector('dialog').showModal();
    return true;
  }

  /** @param {Event} event */
  turn(event) {
    this.off = !(/** @type {HTMLInputElement} */ (event.target).checked);
    localStorage.setItem(OFF, this.off ? 'yes' : 'no');
  }

  render() {
    return html`
      <button type="button" class="quiet" aria-keyshortcuts="?" @click=${this.help}>
        <kbd>?</kbd> Keys</button>
      <dialog aria-label="Keyboard shortcuts">
        <h2>Keyboard</h2>
        <dl class="facts">${HELP.map(([key, what]) =>
          html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
        <label><input type="checkbox" .checked=${!this.off} @change=${this.turn}>
          one-letter shortcuts</label>
        <form method="dialog"><button class="quiet">Close</button></form>
      </dialog>`;
  }
}

customElements.define('sl-keys', SlKeys);
