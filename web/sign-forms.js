// <form data-sign>: on submit its `text` is signed, and `signature`, `signer` and `key_id` go with it.
import {AGENT_PORT, agentSigner} from './sign-agent.js';
import {browserKey, browserKeySigner} from './sign-browser-key.js';
import {forgetKeyFile, keyFileIsOpen, keyFileSigner, openKeyFile} from './sign-key-file.js';
import {languageOf, SignError, TROUBLES, WORDS} from './sign-words.js';

/** @typedef {{vkey: () => Promise<import('./sign-note.js').VerifierKey>, sign: (text: string) => Promise<import('./sign-note.js').NoteSignature>}} Signer */

let numbered = 0;

/** An element with attributes and children; text stays text. */
export function element(/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes = {}, .../** @type {(Node | string)[]} */ children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A labelled field with a hint; never named, so that no form ever sends it. */
export function field(/** @type {Record<string, string>} */ attributes, /** @type {string} */ label, /** @type {string} */ hint = '') {
  const id = `sign-${++numbered}`;
  const input = /** @type {HTMLInputElement} */ (element('input', {id, ...attributes, ...(hint && {'aria-describedby': `${id}-hint`})}));
  const parts = [element('label', {for: id}, label), input];
  if (hint) parts.push(element('span', {id: `${id}-hint`, class: 'sign-hint'}, hint));
  return {input, box: element('div', {class: 'sign-field'}, ...parts)};
}

/** The three ways, as radio buttons with what each needs below it. */
class Chooser {
  /** @param {'ko' | 'en'} language @param {number} port @param {boolean} browserHolds */
  constructor(language, port, browserHolds) {
    const say = (/** @type {string} */ word) => WORDS[word][language];
    // one-time-code: no browser offers to keep what is typed here.
    this.pin = field({type: 'password', autocomplete: 'one-time-code', spellcheck: 'false'}, say('pin'), say('pin_hint'));
    this.file = field({type: 'file'}, say('file_label'), say('file_hint'));
    this.group = `sign-way-${++numbered}`;
    const ways = [
      ['agent', this.pin.box],
      ['file', this.file.box],
      ...(browserHolds ? [['browser', null]] : []),
    ];
    this.way = browserHolds ? 'browser' : 'agent';
    this.fieldset = element('fieldset', {class: 'sign-with'}, element('legend', {}, say('legend')));
    for (const [way, box] of /** @type {[string, HTMLElement | null][]} */ (ways)) this.addWay(way, box, say(way));
    /** @type {Record<string, Signer>} */
    this.signers = {
      agent: agentSigner({port, pin: () => this.takePin()}),
      file: keyFileSigner(),
      browser: browserKeySigner(),
    };
    this.choose(this.way);
  }

  addWay(/** @type {string} */ way, /** @type {HTMLElement | null} */ box, /** @type {string} */ label) {
    const id = `${this.group}-${way}`;
    // The attribute form names no form of this page: the browser keeps the group together, and no form sends it.
    const attributes = {type: 'radio', id, name: this.group, value: way, form: `${this.group}-none`};
    const radio = /** @type {HTMLInputElement} */ (element('input', attributes));
    radio.checked = way === this.way;
    radio.addEventListener('change', () => this.choose(way));
    this.fieldset.append(element('div', {class: 'sign-way'}, radio, element('label', {for: id}, label)));
    if (box) {
      box.dataset.way = way;
      this.fieldset.append(box);
    }
  }

  choose(/** @type {string} */ way) {
    this.way = way;
    for (const box of /** @type {NodeListOf<HTMLElement>} */ (this.fieldset.querySelectorAll('[data-way]'))) box.hidden = box.dataset.way !== way;
  }

  /** The PIN for one signature; the field is empty again at once. */
  takePin() {
    const pin = this.pin.input.value;
    this.pin.input.value = '';
    return pin;
  }

  async signer() {
    const picked = this.file.input.files?.[0];
    if (this.way === 'file' && picked) {
      await openKeyFile(picked);
      this.file.input.value = '';
    }
    if (this.way === 'file' && !keyFileIsOpen()) throw new SignError('no-file');
    return this.signers[this.way];
  }

  focus() {
    const wanted = {agent: this.pin.input, file: this.file.input}[this.way];
    (wanted ?? /** @type {HTMLInputElement} */ (this.fieldset.querySelector('input:checked'))).focus();
  }
}

/**
 * A sign-in text that the server made before it knew who answers gets its "key".
 * @param {string} text @param {Signer} signer
 */
async function completed(text, signer) {
  const first = 'scrutineer/sign-in/1\n';
  if (!text.startsWith(first)) return text;
  const challenge = JSON.parse(text.slice(first.length));
  if ('key' in challenge) return text;
  challenge.key = (await signer.vkey()).text;
  return `${first}${JSON.stringify(challenge)}\n`;
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function named(form, name) {
  const found = form.querySelector(`[name="${name}"]`);
  if (found) return /** @type {HTMLInputElement} */ (found);
  const made = /** @type {HTMLInputElement} */ (element('input', {type: 'hidden', name}));
  form.append(made);
  return made;
}

/** @param {HTMLFormElement} form @param {Chooser} chooser @param {(word: string) => void} say */
async function signForm(form, chooser, say) {
  if (!globalThis.crypto?.subtle) throw new SignError('not-secure');
  say('looking');
  const signer = await chooser.signer();
  const input = named(form, 'text');
  // What a server stands for in a hidden field may have been given CR LF on its way; notes have LF alone.
  const text = await completed(input.value.replaceAll('\r\n', '\n'), signer);
  if (chooser.way === 'agent') say('waiting');
  const made = await signer.sign(text);
  input.value = text;
  named(form, 'signature').value = made.signature;
  named(form, 'signer').value = made.name;
  named(form, 'key_id').value = made.keyId;
  const vkey = /** @type {HTMLInputElement | null} */ (form.querySelector('[name=vkey]'));
  if (vkey) vkey.value = (await signer.vkey()).text;
  say('signed');
}

/** @param {HTMLFormElement} form @param {boolean} browserHolds */
function attachForm(form, browserHolds) {
  if (form.dataset.signReady) return;
  form.dataset.signReady = 'yes';
  const language = languageOf(document);
  const chooser = new Chooser(language, Number(form.dataset.agentPort) || AGENT_PORT, browserHolds);
  const status = element('p', {role: 'status', 'aria-live': 'polite', class: 'sign-status'});
  const place = form.querySelector('[data-sign-ui]');
  if (place) place.append(chooser.fieldset, status);
  else form.append(chooser.fieldset, status);
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
    try {
      await signForm(form, chooser, (word) => (status.textContent = WORDS[word][language]));
      // A form that is sent by a script leaves out the button that was pressed.
      if (pressed?.name) form.append(element('input', {type: 'hidden', name: pressed.name, value: pressed.value}));
      HTMLFormElement.prototype.submit.call(form);
    } catch (error) {
      busy = false;
      status.textContent = (error instanceof SignError ? error.sentence : TROUBLES.failed)[language];
      chooser.focus();
    }
  });
}

/**
 * Wires up every <form data-sign> of the page (docs/formats/sign-in.md, "Forms"). data-agent-port: where the agent
 * answers, if not at 47110.
 * @param {Document} document
 */
export async function attachSignForms(document) {
  const holds = (await browserKey()) !== null;
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-sign]'))) attachForm(form, holds);
  for (const form of document.querySelectorAll('form[data-sign-out]')) form.addEventListener('submit', forgetKeyFile);
  // Also where the browser would keep the page for the way back.
  globalThis.addEventListener('pagehide', forgetKeyFile);
}
