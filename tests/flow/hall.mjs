// hall.mjs SCRUTINEER SCRUTINEER_VERIFY DIR: what else happens in the hall: a count in public, a box, a photograph, a
// recount, somebody new, somebody sent home. Prints what it did; exits 1 with what was wrong.
import {writeFileSync} from 'node:fs';
import {Centre, paper} from './people.mjs';
import {tools} from './programs.mjs';

const [program, verifier, dir] = process.argv.slice(2);
const {said, must, start, stop, get, until, run} = tools(program);
const demo = await start(['demo', '--units', '120', '--papers', '0', '--dir', dir, '--serve', '--port', '18180'], ['Result pages', 'Counting centre']);
const [server, base] = demo.urls;
const centre = new Centre(base, `${dir}/keys/centre`);
const pageOf = unit => get(`${server}/ko/unit/${Number(unit.slice(1))}.html`).then(answer => answer.text);
const post = (person, action) => person.page.locator(`form[method=post]:is([action="${action}"],[action^="${action}?"])`);
async function press(person, action, button = 'button') {
  const form = post(person, action).first();
  await form.evaluate(element => element.closest('details')?.setAttribute('open', ''));
  await person.leaves(() => form.locator(button).first().click());
}
async function fill(person, action, values) {
  const form = post(person, action).first();
  await form.evaluate(element => element.closest('details')?.setAttribute('open', ''));
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    if (await field.evaluate(element => element.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
}
try {
  await centre.open();
  const first = await centre.person('typist-1');
  const [unit, counted] = await first.untouched();

  console.log('A count in public, ballot by ballot');
  const live = `/desk/live?unit=${unit}&contest=LIST`;
  await first.go(live);
  await press(first, '/desk/live/start');
  for (const key of ['1', '1', '2', '1', '3', '0'])
    await first.leaves(() => first.page.keyboard.press(key)).catch(() => {});
  await until('six ballots are called', 5, async () => { await first.go(live); return /6/.test(await first.text()); });
  const undo = first.page.locator('form:is([action="/desk/live/undo"],[action^="/desk/live/undo?"]) button').first();
  await undo.click();
  await until('one is undone', 5, async () => { await first.go(live); return /(취소|되돌)[^\n]*1|1[^\n]*(취소|되돌)/.test(await first.text()); });
  const member = await centre.person('member-1');
  await member.go(`/desk/live/screen?unit=${unit}&contest=LIST`);
  must(/모의 새벽당/.test(await member.text()) && /3/.test(await member.text()), 'the public screen shows the marks');
  await first.go(live);
  await press(first, '/desk/live/end');
  await member.go(live);
  await press(member, '/desk/live/confirm');
  await first.go(`/desk/entry?unit=${unit}&contest=LIST&section=0`);
  must(!/503|500/.test(await first.page.title()), 'the recorder goes on with a prefilled sheet');

  console.log('A ballot box: sealed, in the words of those present');
  const chair = await centre.person('chair');
  await chair.go(`/desk/custody?unit=${counted}`);
  await fill(chair, '/desk/custody/new', {object: 'box', name: '1', event: 'sealed', seals: 'A-1017\nA-1018'});
  await press(chair, '/desk/custody/new');
  await chair.sign('/desk/custody/sign');
  await member.go(`/desk/custody?unit=${counted}`);
  await member.sign('/desk/custody/sign');
  await until('the box is on the public page', 10, async () => /A-1017/.test(await pageOf(counted)));
  said('the box with its seals is on the public page, signed by two');

  console.log('A sheet with a photograph; then a recount by order replaces it');
  const second = await centre.person('typist-2');
  await first.enter(counted, paper(400));
  await second.enter(counted, paper(400));
  await chair.sheet(counted);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
  writeFileSync(`${dir}/photo.png`, png);
  await post(chair, '/desk/sheet/attach').first().evaluate(element => element.closest('details')?.setAttribute('open', ''));
  await chair.page.setInputFiles('form[action^="/desk/sheet/attach"] input[type=file]', `${dir}/photo.png`);
  await press(chair, '/desk/sheet/attach');
  const forms = chair.page.locator('form[data-sign]:has(input[name=act][value=attach])');
  must(await forms.count() === 1, 'the photograph is to be signed');
  await forms.locator('input[type=radio][value=file]').check();
  await forms.locator('input[type=file]').setInputFiles(`${centre.keys}/chair.key`);
  await chair.leaves(() => forms.locator('button').last().click());
  await chair.signSheet(counted);
  for (const name of ['member-1', 'member-2']) await (await centre.person(name)).signSheet(counted);
  await until('it is counted', 10, async () => /d001\/member-2/.test(await pageOf(counted)));
  await until('the photograph is linked', 15, async () => /blob\//.test(await pageOf(counted)));
  const coordinator = await centre.person('coordinator');
  await coordinator.sheet(counted);
  await fill(coordinator, '/desk/sheet/correct', {reason: '재검표 / Recount', order: '위원회 의결 2031-17'});
  await press(coordinator, '/desk/sheet/correct');
  await first.enter(counted, paper(402));
  await second.enter(counted, paper(402));
  await chair.signSheet(counted);
  for (const name of ['member-1', 'member-3']) await (await centre.person(name)).signSheet(counted);
  await until('the recount counts', 10, async () => /위원회 의결 2031-17/.test(await pageOf(counted)) && /402/.test(await pageOf(counted)));
  said('the recount replaced the sheet, with its order; both are on the page');

  console.log('Somebody new is let in; somebody is sent home');
  const made = run(program, ['key', 'new', '--name', 'd001/typist-9', '--no-passphrase', '--out', `${dir}/keys/centre/typist-9.key`]);
  must(made.code === 0, `a key is made${made.code ? made.out : ''}`);
  const vkey = made.out.match(/d001\/typist-9\+\S+/)[0];
  await coordinator.go('/desk/people');
  await fill(coordinator, '/desk/people/new', {vkey, role: 'typist', units: counted});
  await press(coordinator, '/desk/people/new');
  await coordinator.sign('/desk/people/sign');
  const ninth = await centre.person('typist-9');
  must(/할 일/.test(await ninth.text()), 'the new typist is in');
  await coordinator.go('/desk/people');
  const revoke = coordinator.page.locator('tr', {hasText: 'd001/typist-9'}).locator('form[action^="/desk/people/revoke"]');
  await revoke.evaluate(element => element.closest('details')?.setAttribute('open', ''));
  await revoke.locator('[name=reason]').fill('교대함 / Off duty');
  await coordinator.leaves(() => revoke.locator('button').click());
  await coordinator.sign('/desk/people/sign');
  await ninth.go('/desk/');
  must(/sign-in/.test(ninth.page.url()) || /권한|철회/.test(await ninth.text()), 'who is sent home is out at once');

  const checked = await until('it verifies', 20, async () => {
    writeFileSync(`${dir}/moment.tar.zst`, Buffer.from(await (await fetch(`${server}/bundle.tar.zst`)).arrayBuffer()));
    return run(verifier, [`${dir}/moment.tar.zst`, '--trust', `${dir}/trust`]).code === 0;
  });
  said(`scrutineer-verify agrees (${checked} ms)`);
  if (centre.problems.length) throw new Error(centre.problems.join('\n'));
} catch (error) {
  console.error(`\nFAILED: ${error.stack}\n${centre.problems.join('\n')}`);
  for (const context of centre.browser?.contexts() ?? [])
    for (const page of context.pages())
      console.error(`--- ${page.url()}\n${(await page.locator('main').innerText().catch(() => '')).slice(0, 400)}`);
  process.exitCode = 1;
} finally {
  await centre.close().catch(() => {});
  await stop(demo.child);
}
process.exit();
