// A world of nodes for tests, made by the program's own commands: a service that tells, institutions that are told,
// relays, witnesses; each a process of its own.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    server.close(() => resolve(port));
  });
});

const kPeople = [['officer-1', 'officer'], ['deputy-1', 'deputy'], ['telephone-1', 'telephone'], ['head-1', 'representative']];

export class Exchange {
  constructor(program, dir, {run, start, must}) {
    Object.assign(this, {program, dir, keys: `${dir}/keys`, run, startProgram: start, must, nodes: {}, children: [], agreements: {}});
    mkdirSync(this.keys, {recursive: true});
  }
  scrutineer(...args) {
    const done = this.run(this.program, args);
    if (done.code !== 0) throw new Error(`scrutineer ${args.join(' ')}: ${done.out}`);
    return done.out.trim();
  }

  async add(name, role, ko) {
    const dir = `${this.dir}/${name}`;
    const log = this.scrutineer('notice', 'new', dir, '--role', role, '--name', `${name}.example/notices`, '--title-ko', ko, '--title-en', `Invented ${name}`);
    this.nodes[name] = {name, role, dir, log, port: await freePort()};
    this.nodes[name].url = `http://127.0.0.1:${this.nodes[name].port}`;
    if (role === 'relay') return;
    for (const [person] of kPeople)
      this.scrutineer('key', 'new', '--name', `${name}/${person}`, '--out', `${this.keys}/${name}-${person}.key`, '--no-passphrase');
  }
  async addWitness(name) {
    const vkey = this.scrutineer('key', 'new', '--cosigner', '--name', `${name}.example`, '--out', `${this.keys}/${name}.key`, '--no-passphrase');
    writeFileSync(`${this.dir}/logs`, Object.values(this.nodes).map(node => `${node.log}\n`).join(''));
    const {child, urls} = await this.startProgram(
        ['witness', '--dir', `${this.dir}/${name}`, '--key', `${this.keys}/${name}.key`, '--logs', `${this.dir}/logs`, '--port', '0'], ['Witness']);
    this.children.push(child);
    (this.witnesses ??= []).push({vkey, url: urls[0]});
  }

  party(name) {
    const node = this.nodes[name];
    const people = node.role === 'relay' ? [] : kPeople.flatMap(([person, duty]) => ['--person', `${duty}:${this.keys}/${name}-${person}.key`]);
    const where = node.role === 'relay' ? ['--url', node.url] :
        ['--address', `https:${node.url}`, '--address', `mail:notices@${name}.example`, '--address', 'telephone:+82-2-555-0199'];
    return JSON.parse(this.scrutineer('notice', 'party', node.dir, ...people, ...where));
  }
  agree(institution, deadlines) {
    const terms = {
      title: {ko: '시험 협정', en: 'Agreement for tests'}, simulated: true,
      notifier: this.party('service'), institution: this.party(institution),
      relays: Object.values(this.nodes).filter(node => node.role === 'relay').map(node => this.party(node.name)),
      quorum: 1, witnesses: this.witnesses.map(one => one.vkey), witness_quorum: 1, heartbeat: 5, received: 'available', deadlines,
    };
    const at = file => `${this.dir}/${institution}.${file}`;
    writeFileSync(at('json'), JSON.stringify(terms));
    this.scrutineer('notice', 'agreement', at('json'), '--key', `${this.keys}/service-head-1.key`, '--out', at('half'));
    this.agreements[institution] = this.scrutineer('notice', 'agreement', '--note', at('half'), '--key', `${this.keys}/${institution}-head-1.key`, '--out', at('note'));
    for (const node of Object.values(this.nodes))
      if (node.role !== 'institution' || node.name === institution) this.scrutineer('notice', 'join', node.dir, at('note'));
  }

  async start(name) {
    const node = this.nodes[name];
    writeFileSync(`${node.dir}/witnesses`, this.witnesses.map(one => `${one.vkey} ${one.url}\n`).join(''));
    const {child} = await this.startProgram(['notice', 'serve', '--dir', node.dir, '--port', String(node.port)], ['Public page']);
    this.children.push(child);
    return node.url;
  }
  log(name) { return readFileSync(`${this.nodes[name].dir}/listening`, 'utf8'); }
}
