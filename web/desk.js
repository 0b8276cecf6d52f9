// What makes the restricted pages quicker for hands on a keyboard. Every page works without it: forms post by themselves.
// Nothing is computed here and nothing is kept: a page is what the server said.

const kRefreshLimit = 8000;  // milliseconds that one refresh may take before the screen says that it stands still

const all = (query, from = document) => [...from.querySelectorAll(query)];

// ---- Entry: Enter goes to the next field, from the last one on to the next page ----

function goOnWithEnter(event) {
  if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.ctrlKey || event.altKey) return;
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== 'text') return;
  const form = input.closest('form[data-entry]');
  if (!form) return;
  event.preventDefault();
  if (event.repeat) return;  // a key held down must not run through the whole sheet
  const fields = all('input[type=text]', form);
  const next = fields[fields.indexOf(input) + 1];
  if (next) {
    next.focus();
    next.select();
  } else {
    form.requestSubmit(form.querySelector('button[name=go][value=next]'));
  }
}

// ---- Home: Enter finds; Enter again, with nothing changed, opens the first line ----

function openFirst(event) {
  const form = event.target;
  const input = form.querySelector('input[data-find]');
  const first = document.querySelector('a[data-first]');
  if (!input || !first || input.value !== input.defaultValue || event.submitter?.matches(':focus')) return;
  event.preventDefault();
  location.assign(first.href);
}

// ---- A new <main> in place of the old one ----

function say(text) {
  const place = document.getElementById('said');
  if (place && place.textContent !== text) place.textContent = text;
}

const heard = main => main?.querySelector('[data-say]')?.textContent.trim() ?? '';

// Focus and scrolling stay where they are: what has the focus is found again by its id.
function replaceMain(html) {
  const next = new DOMParser().parseFromString(html, 'text/html').getElementById('main');
  const old = document.getElementById('main');
  if (!next || old.innerHTML === next.innerHTML) return;
  const changed = heard(next) !== heard(old);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  const open = all('details[open]', old).map(details => all('details', old).indexOf(details));
  old.replaceChildren(...next.childNodes);
  for (const index of open) all('details', old)[index]?.setAttribute('open', '');
  showKeys();
  if (focused) document.getElementById(focused)?.focus({preventScroll: true});
  if (changed) say(heard(old));
}

async function pageOf(answer) {
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.text();
}

// ---- Board and screens: the same address again, every so many seconds ----

// An answer from elsewhere is a page of its own: somebody was signed out meanwhile.
async function show(answer) {
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
  else replaceMain(await pageOf(answer));
}

async function refresh() {
  await show(await fetch(location.href, {cache: 'no-store', signal: AbortSignal.timeout(kRefreshLimit)}));
}

// Held by its reader (WCAG 2.2.2), or out of sight: then nothing is fetched.
function keepFresh(seconds) {
  const stale = document.getElementById('stale');
  const pause = document.getElementById('pause');
  const held = () => pause.getAttribute('aria-pressed') === 'true';
  pause.addEventListener('click', () => pause.setAttribute('aria-pressed', String(!held())));
  const again = async () => {
    try {
      if (!document.hidden && !held()) await refresh();
      stale.hidden = true;
    } catch {
      stale.hidden = false;
    }
    setTimeout(again, seconds * 1000);
  };
  setTimeout(again, seconds * 1000);
}

// ---- Live count: one ballot after another, in the order in which they were called ----

let calls = Promise.resolve();

async function sendCall(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  await show(await fetch(form.action, {method: 'POST', body}));
  document.getElementById(button?.id)?.classList.add('hit');
  setTimeout(() => document.getElementById(button?.id)?.classList.remove('hit'), 300);
}

// Whether the server has marked it is not known after a lost answer: the page is asked again, and the person told.
async function callFailed() {
  try {
    await refresh();
  } catch {
    // The sentence below says enough.
  }
  const sentence = document.getElementById('unmarked');
  if (sentence) sentence.hidden = false;
}

function markWithoutLeaving(event) {
  const form = event.target;
  if (!form.matches('form[data-live]')) return;
  event.preventDefault();
  const {submitter} = event;
  calls = calls.then(() => sendCall(form, submitter)).catch(callFailed);
}

// Single keys can be turned off (WCAG 2.1.4); what was chosen outlives the replaced page.
let keysOn = true;

function showKeys() {
  const box = document.getElementById('keys');
  if (!box) return;
  box.checked = keysOn;
  box.addEventListener('change', () => { keysOn = box.checked; });
}

// 1-9, 0 and U press the button that says so, unless somebody is writing.
function pressByKey(event) {
  if (!keysOn || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.('input:not([type=checkbox]),textarea,select')) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

document.addEventListener('keydown', goOnWithEnter);
document.addEventListener('keydown', pressByKey);
document.addEventListener('submit', openFirst);
document.addEventListener('submit', markWithoutLeaving);

showKeys();
const main = document.getElementById('main');
if (main?.dataset.refresh) keepFresh(Number(main.dataset.refresh));
// A refusal asks for the focus in the page itself; this is for browsers that know that of inputs only.
addEventListener('load', () => setTimeout(() => {
  if (document.activeElement === document.body) document.querySelector('#message[autofocus]')?.focus();
}));
