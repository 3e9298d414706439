// <sl-live filter href>: counts what is new. It never moves what is being read: new rows come when
// they are asked for.
import {LitElement, html, nothing} from 'lit';
import {fetchMain, show} from './swap.js';

const TELL_MILLIS = 5000; // a screen reader hears of new rows at most so often
const DRAW_MILLIS = 250;
const AGAIN_MILLIS = 5000; // a refused stream is asked for again so much later

class SlLive extends LitElement {
  static properties = {
    filter: {},
    href: {},
    fresh: {state: true},
    told: {state: true},
    live: {state: true},
    broken: {state: true},
  };

  constructor() {
    super();
    this.fresh = 0;
    this.told = '';
    this.live = true;
    this.broken = false;
    this.waiting = 0;
  }

  createRenderRoot() {
    this.replaceChildren(); // the link for those without JavaScript
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.connect();
    this.draw = setInterval(() => this.flush(), DRAW_MILLIS);
    this.tell = setInterval(() => this.say(), TELL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.source?.close();
    clearInterval(this.draw);
    clearInterval(this.tell);
    clearTimeout(this.again);
  }

  connect() {
    this.source?.close();
    const query = this.filter ? '?filter=' + encodeURIComponent(this.filter) : '';
    this.source = new EventSource('/v1/requests/stream' + query);
    this.source.onopen = () => (this.broken = false);
    this.source.onerror = () => this.lost();
    this.source.addEventListener('request', () => (this.waiting += 1));
    this.source.addEventListener('lagged', (event) =>
      (this.waiting += JSON.parse(/** @type {MessageEvent} */ (event).data).count));
  }

  /** The browser comes back by itself after a cut, but not after a refusal. */
  lost() {
    this.broken = true;
    if (this.source.readyState === EventSource.CLOSED) {
      clearTimeout(this.again);
      this.again = setTimeout(() => this.live && this.isConnected && this.connect(), AGAIN_MILLIS);
    }
  }

  flush() {
    if (this.waiting > 0) {
      this.fresh += this.waiting;
      this.waiting = 0;
    }
  }

  say() {
    const text = this.fresh > 0 ? this.fresh + ' new requests' : '';
    if (text !== this.told) {
      this.told = text;
    }
  }

  /** Pauses, or goes on. */
  toggle() {
    this.live = !this.live;
    if (this.live) {
      this.connect();
    } else {
      this.source?.close();
      this.broken = false;
    }
  }

  async bring() {
    let main;
    try {
      main = await fetchMain(this.href);
    } catch {
      this.broken = true; // what is new stays to be asked for again
      return;
    }
    const rows = main.querySelector('tbody');
    const here = document.querySelector('#main tbody');
    if (!rows || !here) {
      show(main, this.href);
      return;
    }
    here.replaceWith(rows);
    document.querySelector('.bar > p')?.replaceWith(main.querySelector('.bar > p'));
    this.fresh = 0;
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (rows.querySelector('a.cover'))?.focus({preventScroll: true});
  }

  render() {
    const state = this.broken ? 'Reconnecting' : this.live ? 'Live' : 'Paused';
    return html`
      ${this.fresh > 0
        ? html`<button type="button" class="fresh" @click=${this.bring}>
            ${this.fresh.toLocaleString('en')} new <span aria-hidden="true">↑</span></button>`
        : nothing}
      <button type="button" class="live" aria-pressed=${this.live ? 'true' : 'false'}
        aria-keyshortcuts="p" @click=${this.toggle}>
        <span class=${this.live && !this.broken ? 'dot on' : 'dot'}></span>${state}</button>
      <span class="hidden" role="status">${this.told}</span>`;
  }
}

customElements.define('sl-live', SlLive);
