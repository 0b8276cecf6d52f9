// What desk.js does, step by step, as a person with a keyboard meets it.

const focused = page => page.evaluate(() => document.activeElement.name || document.activeElement.id);

// Asked again and again through the debugger: the pages' own policy against eval() stays as it is.
async function until(page, holds, argument) {
  for (let i = 0; i < 60; ++i) {
    if (await page.evaluate(holds, argument)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`never: ${holds}`);
}

// Autofocus comes with the first picture.
const focusOn = (page, name) => until(page, wanted => (document.activeElement.name || document.activeElement.id) === wanted, name);

async function same(what, got, wanted, say) {
  if (got !== wanted) say(`${what}: ${JSON.stringify(got)} and not ${JSON.stringify(wanted)}`);
}

// The first empty field has the focus; Enter goes on; from the last field it sends the page with go=next.
async function entry(page, base, say) {
  await page.goto(`${base}sample/entry?lang=ko`);
  await focusOn(page, 'votes/3');  // the first that is empty
  for (const value of ['230', '122', '137', '1741']) {
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
  await same('entry: after four fields', await focused(page), 'invalid', say);
  await page.keyboard.press('ArrowUp');  // changes no number
  await page.keyboard.type('25');
  await Promise.all([page.waitForURL(/desk\/entry\?/), page.keyboard.press('Enter')]);
  const sent = new URLSearchParams((await page.innerText('body')).split('\n')[1]);
  await same('entry: which button', sent.get('go'), 'next', say);
  await same('entry: the last field', sent.get('invalid'), '25', say);
  await same('entry: the token', sent.get('entry'), 't0ken', say);
  await same('entry: against forgery', sent.get('csrf'), 'c5rf', say);
}

// Without JavaScript Enter sends the page, by the button that goes on.
async function entryPlain(browser, base, say) {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}sample/entry?lang=ko`);
  await page.locator('[name="votes/3"]').focus();
  await Promise.all([page.waitForURL(/desk\/entry\?/), page.keyboard.press('Enter')]);
  if (!(await page.innerText('body')).includes('go=next')) say('entry without JavaScript: Enter does not go on');
  await context.close();
}

// A refusal has the focus, and leads to the field that it is about.
async function problem(page, base, say) {
  await page.goto(`${base}sample/entry-problem?lang=ko`);
  await focusOn(page, 'message');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(50);
  const described = await page.evaluate(() => {
    const input = document.querySelector('[name="votes/2"]');
    return [location.hash, document.getElementById(input.getAttribute('aria-describedby'))?.textContent ?? ''].join(' ');
  });
  if (!described.startsWith('#f-votes/2') || described.length < 15) say(`refusal: leads to ${described}`);
}

// Enter on the home page: once to find, and with nothing changed to open the first line.
async function home(page, base, say) {
  await page.goto(`${base}sample/home?lang=ko`);
  await focusOn(page, 'q');
  await Promise.all([page.waitForURL(/desk\/entry/), page.keyboard.press('Enter')]);
  await page.goto(`${base}sample/home?lang=ko`);
  await focusOn(page, 'q');
  await page.keyboard.type('1101-0007');
  await Promise.all([page.waitForURL(/desk\/\?q=1101-0007/), page.keyboard.press('Enter')]);
}

// The board changes by itself; focus and scrolling stay; it can be held; what is lost is said.
async function board(page, base, say) {
  await page.setViewportSize({width: 600, height: 500});
  await page.goto(`${base}sample/board?lang=ko`);
  await page.evaluate(() => scrollTo(0, 700));
  await page.locator('#pause').focus({timeout: 2000});
  await page.evaluate(() => scrollTo(0, 700));
  const before = await page.innerText('.bhead .sub');
  await until(page, old => document.querySelector('.bhead .sub').innerText !== old, before);
  await same('board: focus after a refresh', await focused(page), 'pause', say);
  await same('board: scrolling after a refresh', await page.evaluate(() => scrollY), 700, say);
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('늦음'), null, {timeout: 5000})
      .catch(() => say('board: the counts are not said'));
  await page.keyboard.press('Enter');
  const held = await page.innerText('.bhead .sub');
  await page.waitForTimeout(2600);
  await same('board: held', await page.innerText('.bhead .sub'), held, say);
  await page.keyboard.press('Enter');
  await page.route('**/sample/board*', route => route.abort());
  await page.locator('#stale').waitFor({state: 'visible', timeout: 6000});
  await page.unroute('**/sample/board*');
  await page.locator('#stale').waitFor({state: 'hidden', timeout: 6000});
  await page.setViewportSize({width: 1280, height: 900});
}

const count = async page => Number((await page.textContent('.lfacts div:nth-child(2) dd')).replace(/\D/g, ''));
const reached = (page, wanted) => until(
    page, number => document.querySelector('.lfacts div:nth-child(2) dd').textContent === String(number), wanted);

// Number keys mark, U takes back, in the order in which they were pressed, and focus stays.
async function live(page, base, say) {
  await page.goto(`${base}sample/live?lang=en`);
  const begin = await count(page);
  await page.locator('#call1').focus();
  for (const key of ['1', '3', '0', '2', '2']) await page.keyboard.press(key);
  await reached(page, begin + 5);
  await same('live: last called', (await page.textContent('.last dd')).trim(), '라마바 함께나라당', say);
  await same('live: focus', await focused(page), 'option', say);
  if (!(await page.textContent('#said')).includes('라마바')) say('live: the last one is not said');
  await page.keyboard.press('u');
  await reached(page, begin + 4);
  await page.locator('#keys').uncheck();
  await page.keyboard.press('1');
  await page.waitForTimeout(300);
  await same('live: keys turned off', await count(page), begin + 4, say);
  await page.locator('#call0').click();
  await reached(page, begin + 5);
  await same('live: keys stay off', await page.isChecked('#keys'), false, say);
  await page.route('**/desk/live/call*', route => route.abort());
  await page.locator('#call0').click();
  await page.locator('#unmarked').waitFor({state: 'visible', timeout: 4000});
  await page.unroute('**/desk/live/call*');
}

// One paper with the keyboard alone; the picture and the choices do not take each other's keys.
async function paper(page, base, say) {
  await page.goto(`${base}sample/paper-look?lang=ko`);
  const style = () => page.$eval('#pimg', image => image.style.transform);
  const chosen = () => page.$eval('form[data-paper]', form => new FormData(form).get('choice'));
  for (const key of ['+', '+', 'ArrowRight']) await page.keyboard.press(key);
  await same('paper: two steps larger, moved by 60', (await style()).match(/scale\(1\.5625\)/)?.[0], 'scale(1.5625)', say);
  await same('paper: nothing is chosen by looking', await chosen(), null, say);
  await page.keyboard.press('0');
  await same('paper: whole again', await style(), 'translate(0px, 0px) scale(1)', say);
  await page.keyboard.press('c');
  await same('paper: a letter', await chosen(), 'across-two', say);
  await page.keyboard.press('2');
  await same('paper: a digit', await chosen(), '1', say);
  await same('paper: it is said', (await page.innerText('#said')).startsWith('2: '), true, say);
  await page.locator('input[name=choice]:checked').focus();
  await page.keyboard.press('ArrowDown');
  await same('paper: arrows among the choices', await chosen(), '2', say);
  await page.locator('#keys').uncheck();
  await page.keyboard.press('1');
  await same('paper: keys are turned off', await chosen(), '2', say);
  await page.locator('#keys').check();
  await page.locator('h1').click();
  await page.keyboard.press('Enter');  // the box is not ticked: the browser says so, and nothing is sent
  await page.waitForTimeout(100);
  await same('paper: not without the paper', new URL(page.url()).pathname, '/sample/paper-look', say);
  await page.locator('h1').click();
  await page.keyboard.press('p');
  await Promise.all([page.waitForURL(/desk\/paper\/look/), page.keyboard.press('Enter')]);
  const sent = new URLSearchParams((await page.innerText('body')).split('\n')[1]);
  await same('paper: sent', [sent.get('choice'), sent.get('paper'), sent.get('csrf')].join(), '2,yes,c5rf', say);
}

// Several options: a tick makes it a vote for those.
async function several(page, base, say) {
  await page.goto(`${base}sample/paper-look-several?lang=en`);
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  const form = await page.$eval('form[data-paper]', one => [new FormData(one).get('choice'), ...new FormData(one).getAll('option')].join());
  await same('paper: two of three seats', form, 'counted,0,2', say);
}

// Without JavaScript the same form posts by itself.
async function paperPlain(browser, base, say) {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(`${base}sample/paper-look?lang=ko`);
  if (await page.locator('.ptools').isVisible()) say('paper without JavaScript: buttons that do nothing');
  await page.locator('input[value=no-mark]').check();
  await page.locator('input[name=paper]').check();
  await Promise.all([page.waitForURL(/desk\/paper\/look/), page.locator('button.go').click()]);
  if (!(await page.innerText('body')).includes('choice=no-mark')) say('paper without JavaScript: it is not sent');
  await context.close();
}

export async function checkBehaviour(browser, base, say) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}});
  const page = await context.newPage();
  for (const [name, step] of Object.entries({entry, problem, home, board, live, paper, several})) {
    try {
      await step(page, base, say);
    } catch (error) {
      say(`${name}: ${error.message.split('\n')[0]}`);
    }
  }
  await context.close();
  await entryPlain(browser, base, say);
  await paperPlain(browser, base, say);
}
