// <sl-filter>: a choice in a list is applied at once.
import {LitElement} from 'lit';

class SlFilter extends LitElement {
  createRenderRoot() {
    return document.createElement('div'); // draws nothing: the form is the server's
  }

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('change', this.choose);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('change', this.choose);
  }

  /** @param {Event} event */
  choose(event) {
    if (event.target instanceof HTMLSelectElement) {
      event.target.form.requestSubmit();
    }
  }
}

customElements.define('sl-filter', SlFilter);
