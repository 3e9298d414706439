// <sl-explain>: asks for an explanation without leaving the page, and says that it is under way.
import {LitElement, html, nothing} from 'lit';
import {fetchMain, show} from './swap.js';

/** Where the shortcut on the table leaves word that the next screen is to explain at once. */
export const EXPLAIN_NEXT = 'sidelight.explain';

class SlExplain extends LitElement {
  static properties = {seconds: {state: true}, fault: {state: true}};

  constructor() {
    super();
    this.seconds = -1; // not under way
    this.fault = '';
    this.ask = this.ask.bind(this);
  }

  createRenderRoot() {
    const place = document.createElement('div');
    place.setAttribute('role', 'status');
    this.append(place);
    return place;
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('submit', this.ask);
    if (sessionStorage.getItem(EXPLAIN_NEXT) === location.pathname) {
      sessionStorage.removeItem(EXPLAIN_NEXT);
      this.querySelector('form').requestSubmit();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('submit', this.ask);
    clearInterval(this.clock);
  }

  /** @param {SubmitEvent} event */
  async ask(event) {
    event.preventDefault();
    if (this.seconds >= 0) {
      return;
    }
    const form = /** @type {HTMLFormElement} */ (event.target);
    const address = form.getAttribute('action');
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    this.fault = '';
    this.seconds = 0;
    this.clock = setInterval(() => (this.seconds += 1), 1000);
    try {
      show(await fetchMain(address, {method: 'POST', body}), address);
    } catch (failure) {
      this.fault = 'The answer did not come: ' + failure.message;
    } finally {
      clearInterval(this.clock);
      this.seconds = -1;
    }
  }

  render() {
    if (this.fault) {
      return html`<p class="notice bad">${this.fault}</p>`;
    }
    return this.seconds < 0
      ? nothing
      : html`<p class="asking"><span class="pulse"></span>Asking the model${
          this.seconds > 0 ? ', ' + this.seconds + ' s' : ''}</p>`;
  }
}

customElements.define('sl-explain', SlExplain);
