// The page of one paper: a closer look at its picture, and choosing with keys. Everything works without it: the form posts
// by itself, and the picture opens alone by its link. Nothing is decided here.

const kStep = 1.25, kMost = 8, kPan = 60;  // times larger at a press; times at most; pixels at a press

const frame = document.querySelector('[data-view]');
const image = frame?.querySelector('img');
let scale = 1, x = 0, y = 0;

// Never further than the picture's edge.
function place() {
  const room = (size) => Math.max(0, size * (scale - 1));
  x = Math.min(0, Math.max(-room(frame.clientWidth), x));
  y = Math.min(0, Math.max(-room(frame.clientHeight), y));
  image.style.transform = `translate(${x}px,${y}px) scale(${scale})`;
}

// What is in the middle, or under the pointer, stays there.
function zoom(to, atX = frame.clientWidth / 2, atY = frame.clientHeight / 2) {
  const next = Math.min(kMost, Math.max(1, to));
  x = atX - (atX - x) * next / scale;
  y = atY - (atY - y) * next / scale;
  scale = next;
  place();
}

function pan(dx, dy) {
  x += dx;
  y += dy;
  place();
}

const kZooms = {in: () => zoom(scale * kStep), out: () => zoom(scale / kStep), whole: () => zoom(1)};
const kViewKeys = {
  '+': kZooms.in, '=': kZooms.in, '-': kZooms.out, '0': kZooms.whole,
  ArrowLeft: () => pan(kPan, 0), ArrowRight: () => pan(-kPan, 0), ArrowUp: () => pan(0, kPan), ArrowDown: () => pan(0, -kPan),
};

function dragged(event) {
  if (event.button !== 0) return;
  frame.setPointerCapture(event.pointerId);
  const move = moved => pan(moved.movementX, moved.movementY);
  frame.addEventListener('pointermove', move);
  frame.addEventListener('pointerup', () => frame.removeEventListener('pointermove', move), {once: true});
}

if (frame) {
  for (const button of document.querySelectorAll('[data-zoom]')) button.addEventListener('click', kZooms[button.dataset.zoom]);
  frame.addEventListener('pointerdown', dragged);
  image.addEventListener('dragstart', event => event.preventDefault());
  frame.addEventListener('wheel', event => {
    if (!event.ctrlKey) return;  // the page scrolls; with Ctrl (or two fingers) the picture grows
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    zoom(scale * (event.deltaY < 0 ? kStep : 1 / kStep), event.clientX - box.left, event.clientY - box.top);
  }, {passive: false});
}

// ---- Keys ----

// Arrows belong to radio buttons where one has the focus, and to the page where it is taller than the screen; they move
// the picture once it is larger than its frame, or has the focus.
function viewTakes(event) {
  if (!frame || !kViewKeys[event.key]) return false;
  if (!event.key.startsWith('Arrow')) return true;
  if (event.target.type === 'radio') return false;
  return event.target === frame || scale > 1;
}

function say(text) {
  const said = document.getElementById('said');
  if (said) said.textContent = text;
}

// The focus stays where it is: arrows must not change what was chosen.
function choose(input) {
  if (input.type === 'checkbox') input.checked = !input.checked;
  else input.checked = true;
  input.dispatchEvent(new Event('change', {bubbles: true}));
  const text = input.closest('label').querySelector('.nm').textContent.trim();
  if (input.checked) say(`${input.dataset.key.toUpperCase()}: ${text}`);
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest?.('input:not([type=checkbox]):not([type=radio]),textarea,select')) return;
  if (viewTakes(event)) {
    event.preventDefault();
    kViewKeys[event.key]();
    return;
  }
  const keys = document.getElementById('keys');
  if (event.repeat || (keys && !keys.checked)) return;
  const form = document.querySelector('form[data-paper]');
  if (!form) return;
  if (event.key === 'Enter' && !event.target.closest?.('a,button,summary')) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('button.go'));
    return;
  }
  // By the key's place too: a Korean input method gives no Latin letter.
  const names = [event.key.toLowerCase(), event.code.replace(/^(Key|Digit)/, '').toLowerCase()];
  const input = names.map(name => form.querySelector(`input[data-key="${CSS.escape(name)}"]`)).find(Boolean);
  if (!input) return;
  event.preventDefault();
  choose(input);
}

document.addEventListener('keydown', pressed);

// Several options are ticked: then it is a vote for those.
for (const option of document.querySelectorAll('form[data-paper] input[name=option]'))
  option.addEventListener('change', () => {
    const counted = option.form.querySelector('input[name=choice][value=counted]');
    if (counted && option.checked) counted.checked = true;
  });
