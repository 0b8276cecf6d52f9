// <div data-browser-key>: where somebody makes a key in their own browser, copies its vkey, or removes it again.
import {browserKey, forgetBrowserKey, makeBrowserKey} from './sign-browser-key.js';
import {element, field} from './sign-forms.js';
import {languageOf, SignError, TROUBLES, WORDS} from './sign-words.js';

/** @param {HTMLElement} place */
function attach(place) {
  if (place.dataset.browserKeyReady) return;
  place.dataset.browserKeyReady = 'yes';
  const language = languageOf(document);
  const say = (/** @type {string} */ word) => WORDS[word][language];
  const own = field({type: 'checkbox'}, say('own_computer'), say('own_computer_hint'));
  const name = field({type: 'text', autocomplete: 'off', spellcheck: 'false'}, say('key_name'));
  const vkey = field({type: 'text', readonly: ''}, say('vkey'));
  const make = element('button', {type: 'button'}, say('make_key'));
  const forget = element('button', {type: 'button'}, say('forget_key'));
  const status = element('p', {role: 'status', 'aria-live': 'polite', class: 'sign-status'});
  const making = element('div', {}, own.box, name.box, make);
  const holding = element('div', {}, vkey.box, forget);
  place.append(making, holding, status);

  const show = async () => {
    const key = await browserKey();
    making.hidden = key !== null;
    holding.hidden = key === null;
    vkey.input.value = key?.text ?? '';
  };
  const act = (/** @type {() => Promise<void>} */ what, /** @type {string} */ word) => async () => {
    try {
      await what();
      status.textContent = say(word);
    } catch (error) {
      status.textContent = (error instanceof SignError ? error.sentence : TROUBLES.failed)[language];
    }
    await show();
  };
  make.addEventListener('click', act(async () => {
    await makeBrowserKey(name.input.value, {ownComputer: own.input.checked});
  }, 'key_made'));
  forget.addEventListener('click', act(forgetBrowserKey, 'key_gone'));
  return show();
}

/** @param {Document} document */
export async function attachBrowserKey(document) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-browser-key]'))) await attach(place);
}
