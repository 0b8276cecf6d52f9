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
    const form = this.page.locator(`form[data-sign][action="${action}"]`).first();
    await form.locator('input[type=radio][value=file]').check();
    await form.locator('input[type=file]').setInputFiles(`${this.centre.keys}/${this.role}.key`);
    await this.leaves(() => (button ? form.locator(button) : form.locator('button').last()).click());
  }

  // Types a sheet with the keyboard alone: figures, Enter, figures, Enter; "-" where the paper says nothing.
  async type(unit, figures) {
    await this.go(`/desk/entry?unit=${unit}&contest=LIST&section=0`);
    for (let section = 0; section < 12 && !this.page.url().includes('/check'); ++section) {
      const names = await this.page.$$eval('main form[action="/desk/entry"] input:not([type=hidden])', inputs => inputs.map(i => i.name));
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
    const confirm = 'form[action="/desk/entry/confirm"] button';
    for (let i = 0; i < 12 && await this.has(confirm); ++i)
      await this.leaves(() => this.page.locator(confirm).first().click());
  }
  async enter(unit, figures) {
    await this.type(unit, figures);
    await this.confirmAll();
    await this.sign('/desk/entry/sign');
  }
  sheet(unit) { return this.go(`/desk/sheet?unit=${unit}&contest=LIST`); }
  async signSheet(unit) {
    await this.sheet(unit);
    await this.sign('/desk/sheet/sign');
  }
}

// What a paper says: adds up.
export const paper = {
  electors: '1200', ballots_issued: '800', ballots_cast: '799', valid: '790', invalid: '9',
  'votes/1': '400', 'votes/2': '300', 'votes/3': '50', 'votes/4': '20', 'votes/5': '10', 'votes/6': '5', 'votes/7': '3', 'votes/8': '2',
};
