// What must hold on every page. Each check says what is wrong, one sentence a problem.
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Evaluated through the debugger, so that the pages' own policy against scripts stays as it is.
export async function checkAccessible(page, say) {
  await page.evaluate(axeSource);
  const {violations} = await page.evaluate('axe.run(document, {resultTypes: ["violations"], preload: false})');
  for (const {id, help, nodes} of violations)
    say(`axe ${id}: ${help}: ${nodes.slice(0, 2).map(node => node.html.slice(0, 120)).join(' | ')} (${nodes.length})`);
}

// Tells what the browser itself complains of to whoever looks at the page now.
export function listen(page, base, say) {
  page.on('console', message => message.type() === 'error' && say(`console: ${message.text()}`));
  page.on('pageerror', error => say(`page error: ${error.message}`));
  page.on('request', request => {
    if (!request.url().startsWith(base) && request.url() !== 'data:,') say(`request to elsewhere: ${request.url()}`);
  });
}

// No sideways scrolling of the page itself, and nothing that moves while it loads.
export async function checkWidth(page, say) {
  const {scroll, client} = await page.evaluate(
      () => ({scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth}));
  if (scroll > client) say(`scrolls sideways: ${scroll} px in ${client} px`);
  const shift = await page.evaluate(() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => resolve(sum), 30);
  }));
  // A busy machine draws a table before all of its rows are there; 0.1 is what is called good, this is a fifth of it.
  if (shift > 0.02) say(`layout shift ${shift}`);
}

// `scripts`: the addresses from which a page may take scripts; the public pages have none.
export async function checkStructure(page, path, say, scripts = null) {
  const problems = await page.evaluate(([path, scripts]) => {
    const found = [], all = query => [...document.querySelectorAll(query)];
    const lang = path.startsWith('en/') ? 'en' : 'ko';
    if (document.documentElement.lang !== lang) found.push(`lang is not ${lang}`);
    if (all('h1').length !== 1) found.push('not exactly one h1');
    const allowed = scripts && new RegExp(scripts);
    const foreign = all('script').filter(script => !allowed?.test(script.getAttribute('src') ?? ''));
    if (foreign.length + all('iframe,object,embed,[style]').length > 0) found.push('script, frame or inline style');
    for (const table of all('table')) if (!table.caption?.textContent) found.push('a table without a caption');
    for (const head of all('th:not([scope])')) found.push(`a head without scope: ${head.textContent}`);
    for (const image of all('svg:not([aria-hidden]):not([role=img][aria-label])')) found.push(`an svg without a text`);
    const simulated = document.body.classList.contains('simulated');
    if (simulated !== Boolean(document.querySelector('.sim'))) found.push('the simulated mark is missing');
    if (simulated && !document.title.startsWith('[')) found.push('the title does not say simulated');
    return found;
  }, [path, scripts?.source]);
  problems.forEach(say);
}

// WCAG 2.2, 2.5.8: what is pressed is 24 px or more, or stands in a sentence.
export async function checkTargets(page, say) {
  const small = await page.evaluate(() => [...document.querySelectorAll('button,input,select,textarea,summary,nav a,.row a,.acts a')]
      .filter(element => element.checkVisibility() && element.type !== 'hidden')
      .map(element => ({box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 80)}))
      .filter(({box}) => box.width > 1 && (box.width < 24 || box.height < 24) && box.right > 0)
      .map(({box, html}) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`));
  for (const one of small) say(`small target: ${one}`);
}

async function exists(url) {
  if (url.startsWith('file:')) return existsSync(fileURLToPath(url));
  return (await fetch(url, {method: 'HEAD'})).ok;
}

export async function checkLinks(page, base, say) {
  const links = await page.$$eval('a[href]', found => found.map(link => link.href));
  for (const link of new Set(links)) {
    const [file, fragment] = link.split('#');
    if (!link.startsWith(base)) say(`leads elsewhere: ${link}`);
    else if (!await exists(file)) say(`leads nowhere: ${link}`);
    else if (fragment && file === page.url().split('#')[0] && !await page.$(`[id="${fragment}"]`))
      say(`no such place: ${link}`);
  }
}

const kStops = 'a[href],summary,[tabindex="0"],button,input,select,textarea';

// Tab reaches everything that can be acted on, in order, and shows where it is.
export async function checkKeyboard(page, say) {
  // A screen that refreshes itself would put a new page under the keys: from here on nothing new arrives.
  await page.evaluate(() => { window.fetch = () => new Promise(() => {}); });
  await page.waitForTimeout(300);  // what is on its way
  const wanted = await page.evaluate(kStops => {
    document.activeElement.blur();
    const stops = [...document.querySelectorAll(kStops)].filter(
        e => e.checkVisibility() && e.type !== 'hidden' && !e.disabled && (e.type !== 'radio' || e.checked));
    stops.forEach((element, i) => element.dataset.stop = i);
    return stops.length;
  }, kStops);
  // What has the focus is noted in the page: asking for it after each key would double the time.
  await page.evaluate(() => {
    window.walked = [];
    document.addEventListener('focusin', ({target}) => {
      const style = getComputedStyle(target);
      window.walked.push({stop: target.dataset.stop, html: target.outerHTML.slice(0, 100),
                          visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2});
    });
  });
  for (let presses = 0; presses < wanted + 2; ++presses) await page.keyboard.press('Tab');
  const reached = new Set();
  for (const {stop, visible, html} of await page.evaluate(() => window.walked)) {
    if (stop === undefined) continue;
    reached.add(stop);
    if (!visible) say(`focus cannot be seen: ${html}`);
  }
  if (reached.size !== wanted) say(`Tab reaches ${reached.size} of ${wanted}`);
}

// Everything is there without JavaScript: the heading, and all of the text.
export async function checkPlain(page, url, say) {
  await page.goto(url);
  if (!(await page.locator('h1').innerText()).trim()) say('no heading');
  if (!await page.locator('main').isVisible()) say('no content');
}
