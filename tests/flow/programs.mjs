// Programs that are started, asked and stopped; and sentences about what was seen.
import {execFileSync, spawn} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';

export function tools(program) {
  const said = what => console.log(`  ${what}`);
  function must(good, what) {
    if (!good) throw new Error(what);
    said(what);
  }

  // Starts a program and gives the first address of each line that it prints.
  async function start(args, lines) {
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']});
    let out = '', all = '';
    child.stdout.on('data', data => { out += data; all += data; });
    child.stderr.on('data', data => all += data);
    for (let i = 0; i < 600; ++i) {
      const urls = lines.map(line => out.match(new RegExp(`${line}.*?(http://[0-9.:]+)`))?.[1]);
      if (urls.every(Boolean)) return {child, urls};
      if (child.exitCode !== null) break;
      await wait(100);
    }
    throw new Error(`it did not start: ${all.slice(-2000)}`);
  }
  async function stop(child) {
    child.kill('SIGINT');
    for (let i = 0; i < 200 && child.exitCode === null; ++i) await wait(50);
    if (child.exitCode === null) child.kill('SIGKILL');
  }
  const get = async url => { const answer = await fetch(url); return {status: answer.status, text: await answer.text()}; };
  async function until(what, seconds, test) {
    const begin = Date.now();
    while (Date.now() - begin < seconds * 1000) {
      if (await test()) return Date.now() - begin;
      await wait(25);
    }
    throw new Error(`not within ${seconds} s: ${what}`);
  }
  const run = (name, args) => {
    try {
      return {code: 0, out: execFileSync(name, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})};
    } catch (error) {
      return {code: error.status, out: `${error.stdout}${error.stderr}`};
    }
  };
  return {said, must, start, stop, get, until, run};
}
