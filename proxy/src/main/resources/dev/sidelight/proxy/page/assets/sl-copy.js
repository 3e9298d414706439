// <sl-copy><pre>…</pre></sl-copy>: a button that copies the text.
import {LitElement, html} from 'lit';

class SlCopy extends LitElement {
  static properties = {copied: {state: true}};

  constructor() {
    super();
    this.copied = false;
  }

  createRenderRoot() {
    const place = document.createElement('div');
    place.className = 'copy';
    this.append(place);
    return place;
  }

  render() {
    return html`<button type="button" class="quiet" @click=${this.copy}>
      ${this.copied ? 'Copied' : 'Copy'}</button>`;
  }

  async copy() {
    await navigator.clipboard.writeText(this.querySelector('pre').textContent);
    this.copied = true;
    setTimeout(() => (this.copied = false), 2000);
  }
}

customElements.define('sl-copy', SlCopy);
