// <sl-what-if>: asks the model about the row as it was changed, and shows the answer in its place.
import {fetchMain} from './swap.js';

class SlWhatIf extends HTMLElement {
  connectedCallback() {
    this.addEventListener('submit', this.ask);
  }

  disconnectedCallback() {
    this.removeEventListener('submit', this.ask);
  }

  /** @param {SubmitEvent} event */
  async ask(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const place = this.querySelector('[role=status]');
    try {
      const main = await fetchMain(form.getAttribute('action'), {method: 'POST', body});
      place.replaceChildren(...main.querySelector('#what-if [role=status]').childNodes);
    } catch (failure) {
      place.textContent = 'The answer did not come: ' + failure.message;
    }
  }
}

customElements.define('sl-what-if', SlWhatIf);
