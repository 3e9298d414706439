// <sl-follow data-job data-screen>: follows a job. Its bar moves, what is known so far is drawn anew
// with every better estimate, and it can be stopped and kept.
import {LitElement, html, nothing} from 'lit';
import {fetchMain, settle} from './swap.js';

const TELL_MILLIS = 5000; // a screen reader hears of progress at most so often

class SlFollow extends LitElement {
  static properties = {
    progress: {state: true},
    told: {state: true},
    note: {state: true},
    stopping: {state: true},
  };

  constructor() {
    super();
    this.progress = /** @type {any} */ ({});
    this.told = '';
    this.note = '';
    this.stopping = false;
    this.busy = false;
    this.again = false;
  }

  createRenderRoot() {
    this.replaceChildren(); // the words for those without JavaScript
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.source = new EventSource(this.at() + '/events');
    this.source.addEventListener('progress', (event) => this.moved(event));
    this.source.addEventListener('partial', () => this.draw());
    for (const end of ['done', 'failed', 'cancelled', 'expired']) {
      this.source.addEventListener(end, () => this.end());
    }
    this.source.onerror = () => {
      if (this.source.readyState === EventSource.CLOSED) {
        this.end(); // nothing to follow: it is over, or no longer kept
      }
    };
    this.tell = setInterval(() => (this.told = this.words()), TELL_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.source.close();
    clearInterval(this.tell);
  }

  at() {
    return '/v1/explanations/' + this.dataset.job;
  }

  /** @param {Event} event */
  moved(event) {
    this.progress = JSON.parse(/** @type {MessageEvent} */ (event).data);
  }

  end() {
    this.source.close();
    this.draw();
  }

  /** One at a time; what came meanwhile is drawn once more. */
  async draw() {
    this.again = this.busy;
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      const main = await fetchMain(this.dataset.screen);
      if (!this.isConnected) {
        return;
      }
      if (!main.querySelector('sl-follow')) {
        settle(main);
        return;
      }
      document.getElementById('best')?.replaceWith(main.querySelector('#best'));
    } catch {
      this.note = 'The screen cannot be drawn anew now; the work goes on.';
    } finally {
      this.busy = false;
    }
    if (this.again) {
      this.draw();
    }
  }

  async stop() {
    this.stopping = true;
    this.note = '';
    const answer = await fetch(this.at() + ':stop', {method: 'POST'});
    if (!answer.ok) {
      this.stopping = false;
      this.note = answer.status === 409 ? 'There is nothing to keep yet.' : 'It could not be stopped.';
    }
  }

  words() {
    const p = this.progress;
    if (p.state !== 'running') {
      return p.state === 'queued' || !p.state ? 'Waiting for its turn' : '';
    }
    const count = p.instances > 1
      ? `${p.done.toLocaleString('en')} of ${p.instances.toLocaleString('en')} requests`
      : `${p.rows.toLocaleString('en')} of ${p.rowsMax.toLocaleString('en')} rows`;
    const left = p.etaMillis === undefined ? '' : `, ${time(p.etaMillis / 1000)} left`;
    const error = p.maxStdError === undefined ? '' : `, largest error ${p.maxStdError.toPrecision(2)}`;
    return count + left + error;
  }

  render() {
    const p = this.progress;
    const many = p.instances > 1;
    const value = many ? p.done : p.rows;
    const max = many ? p.instances : p.rowsMax;
    return html`<div class="follow">
      <progress aria-label="Progress" .max=${max || 1} .value=${Math.min(value || 0, max || 1)}>
      </progress>
      <span class="count">${this.words()}</span>
      <button type="button" class="quiet" ?disabled=${this.stopping} @click=${this.stop}>
        Stop and keep</button>
      ${this.note ? html`<p class="notice" role="alert">${this.note}</p>` : nothing}
      <span class="hidden" role="status">${this.told}</span></div>`;
  }
}

/** @param {number} seconds to come, a guess: no more digits than it deserves */
function time(seconds) {
  if (seconds < 1) {
    return 'less than a second';
  }
  return seconds < 90 ? `about ${Math.round(seconds)} s` : `about ${Math.round(seconds / 60)} min`;
}

customElements.define('sl-follow', SlFollow);
