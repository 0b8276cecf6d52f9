// People at a counting centre, each with a browser and a key file of their own.
import {launch} from '../e2e/browser.mjs';

export class Centre {
  constructor(base, keys) {
    this.base = base;
    this.keys = keys;
    this.problems = [];
  }
  async open() { this.browser = await launch(); }
  async close() { await this.browser.close(); }

  // Somebody new in front of an empty browser.
  async person(role) {
    const context = await this.browser.newContext({viewport: {width: 1280, height: 900}, locale: 'ko-KR', acceptDownloads: true});
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => this.problems.push(`${role}: ${error.message}`));
    page.on('console', message => {
      // Refusals are pages with a status of their own, which the console mentions.
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.problems.push(`${role}: ${message.text()}`);
    });
    const person = new Person(this, role, page);
    await person.go('/desk/sign-in');
    await person.sign('/desk/sign-in');
    return person;
  }
}

export class Person {
  constructor(centre, role, page) {
    this.centre = centre;
    this.role = role;
    this.page = page;
  }
  go(path) { return this.page.goto(this.centre.base + path); }
  text() { return this.page.locator('main').innerText(); }
  has(selector) { return this.page.locator(selector).count().then(count => count > 0); }
  async leaves(act) { await Promise.all([this.page.waitForNavigation(), act()]); }

  // Signs the form that goes to that address, with the key file.
  async sign(action, button = undefined) {
    const form = this.page.locator(`form[data-sign]:is([action="${action}"],[action^="${action}?"])`).first();
    await form.locator('input[type=radio][value=file]').check();
    await form.locator('input[type=file]').setInputFiles(`${this.centre.keys}/${this.role}.key`);
    await this.leaves(() => (button ? form.locator(button) : form.locator('button').last()).click());
  }

  // Types a sheet with the keyboard alone: figures, Enter, figures, Enter; "-" where the paper says nothing.
  async type(unit, figures) {
    await this.go(`/desk/entry?unit=${unit}&contest=LIST&section=0`);
    for (let section = 0; section < 12 && !this.page.url().includes('/check'); ++section) {
      const names = await this.page.$$eval('main form:is([action="/desk/entry"],[action^="/desk/entry?"]) input:not([type=hidden])', inputs => inputs.map(i => i.name));
      // The first field has the focus as soon as the page is drawn, which is after it has been loaded.
      await this.page.waitForFunction(name => document.activeElement?.name === name, names[0], {timeout: 5_000}).catch(() => {});
      for (const [i, name] of names.entries()) {
        const at = await this.page.evaluate(() => document.activeElement.name);
        if (at !== name) this.centre.problems.push(`Enter leads to ${at}, not to ${name}`);
        await this.page.keyboard.press('Control+A');
        await this.page.keyboard.type(figures[name] ?? '-');
        if (i + 1 < names.length) await this.page.keyboard.press('Enter');
      }
      await this.leaves(() => this.page.keyboard.press('Enter'));
    }
  }
  async confirmAll() {
    const confirm = 'form:is([action="/desk/entry/confirm"],[action^="/desk/entry/confirm?"]) button';
    for (let i = 0; i < 12 && await this.has(confirm); ++i)
      await this.leaves(() => this.page.locator(confirm).first().click());
  }
  async enter(unit, figures) {
    await this.type(unit, figures);
    await this.confirmAll();
    await this.sign('/desk/entry/sign');
  }
  // Polling stations that nobody has begun to enter, as the page of things to do lists them.
  async untouched() {
    await this.go('/desk/');
    return this.page.$$eval('main tr', rows => rows
        .filter(row => /첫째 입력/.test(row.innerText) && /선거일 투표소/.test(row.innerText) && /입력 전/.test(row.innerText))
        .map(row => new URL(row.querySelector('a[href*="/desk/entry?"]').href).searchParams.get('unit')));
  }
  sheet(unit) { return this.go(`/desk/sheet?unit=${unit}&contest=LIST`); }
  async signSheet(unit) {
    await this.sheet(unit);
    await this.sign('/desk/sheet/sign');
  }
}

// What a paper says: a sorter's sheet that adds up, with so many votes for the first list (395 to 407).
export function paper(first = 400) {
  const votes = [first, 300, 50, 20, 10, 5, 3, 2], sorted = [395, 297, 50, 20, 10, 5, 3, 2];
  const valid = votes.reduce((a, b) => a + b), figures = {
    electors: 1200, ballots_issued: 800, ballots_cast: 799, valid, invalid: 799 - valid,
    'machine/to_recheck': 799 - sorted.reduce((a, b) => a + b),
  };
  votes.forEach((count, i) => {
    figures[`votes/${i + 1}`] = count;
    figures[`machine/sorted/${i + 1}`] = figures[`hand/from_sorted/${i + 1}`] = sorted[i];
    figures[`hand/from_recheck/${i + 1}`] = count - sorted[i];
  });
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)]));
}
