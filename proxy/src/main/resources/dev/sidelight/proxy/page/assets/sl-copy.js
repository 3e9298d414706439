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
    const text = this.querySelector('pre');
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // no clipboard without TLS, save on this machine: the keyboard copies what is selected
      getSelection().selectAllChildren(text);
      return;
    }
    this.copied = true;
    setTimeout(() => (this.copied = false), 2000);
  }
}

customElements.define('sl-copy', SlCopy);
