// <sl-explain data-request data-row>: asks for an explanation without leaving the page. It says the
// price of what is chosen first, and shows the job that is begun.
import {LitElement, html, nothing} from 'lit';
import {fetchMain, show} from './swap.js';

/** Where the shortcut on the table leaves word that the next screen is to explain at once. */
export const EXPLAIN_NEXT = 'sidelight.explain';

class SlExplain extends LitElement {
  static properties = {asking: {state: true}, fault: {state: true}};

  constructor() {
    super();
    this.asking = false;
    this.fault = '';
    this.ask = this.ask.bind(this);
    this.price = this.price.bind(this);
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
    this.addEventListener('change', this.price);
    if (sessionStorage.getItem(EXPLAIN_NEXT) === location.pathname) {
      sessionStorage.removeItem(EXPLAIN_NEXT);
      this.querySelector('form').requestSubmit();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('submit', this.ask);
    this.removeEventListener('change', this.price);
  }

  /** What is asked, as the API takes it. */
  question() {
    const form = new FormData(this.querySelector('form'));
    const method = String(form.get('method'));
    /** @type {Record<string, unknown>} */
    const parameters = {rowsMax: Number(form.get('rowsMax'))};
    if (method === 'shap' && form.get('interactions')) {
      parameters.interactions = true;
    }
    const row = Number(this.dataset.row);
    return JSON.stringify({requestId: this.dataset.request, row, method, parameters});
  }

  /** @param {string} query @returns {Promise<any>} the answer, or an error in words */
  async send(query) {
    const answer = await fetch('/v1/explanations?' + query, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: this.question(),
    });
    const said = await answer.json();
    if (!answer.ok) {
      throw new Error([said.detail || said.title, said.errors?.[0]?.hint].filter(Boolean).join('. '));
    }
    return said;
  }

  async price() {
    const place = this.querySelector('.price');
    try {
      const price = await this.send('dry_run=true');
      const seconds = price.seconds === undefined ? '' : ', about ' + words(price.seconds);
      place.textContent = `Costs about ${price.rows.toLocaleString('en')} model rows (at most ` +
        `${price.rowsMax.toLocaleString('en')}) in ${price.roundTrips} round trips${seconds}. ` +
        'Live traffic goes first.';
      this.fault = '';
    } catch (failure) {
      this.fault = failure.message;
    }
  }

  /** @param {SubmitEvent} event */
  async ask(event) {
    event.preventDefault();
    if (this.asking) {
      return;
    }
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.fault = '';
    this.asking = true;
    try {
      const job = await this.send('async=true');
      const address = form.getAttribute('action') + '&id=' + job.id;
      show(await fetchMain(address), address);
    } catch (failure) {
      this.fault = failure.message;
    } finally {
      this.asking = false;
    }
  }

  render() {
    if (this.fault) {
      return html`<p class="notice bad">${this.fault}</p>`;
    }
    return this.asking
      ? html`<p class="asking"><span class="pulse"></span>Asking the model</p>`
      : nothing;
  }
}

/** @param {number} seconds */
function words(seconds) {
  return seconds < 1 ? Math.max(1, Math.round(seconds * 1000)) + ' ms' : seconds.toFixed(1) + ' s';
}

customElements.define('sl-explain', SlExplain);
