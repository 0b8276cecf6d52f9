// A key that the signing agent of this computer holds (docs/formats/sign-in.md, "Agent").
import {parseVkey, verifies} from './sign-note.js';
import {SignError} from './sign-words.js';

export const AGENT_PORT = 47110;

/** @param {number} port @param {string} path @param {RequestInit} [more] */
async function ask(port, path, more = {}) {
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      ...more,
    });
  } catch {
    throw new SignError('no-agent');
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  if (typeof body.ko === 'string' && typeof body.en === 'string') throw new SignError(String(body.code), body);
  throw new SignError('failed');
}

/**
 * @param {{port?: number, pin?: () => string}} options `pin` is called for each signature; empty where the person types
 *   it at the agent.
 */
export function agentSigner({port = AGENT_PORT, pin = () => ''} = {}) {
  const vkey = async () => {
    const found = await parseVkey(String((await ask(port, '/v1/key')).vkey));
    if (!found) throw new SignError('failed');
    return found;
  };
  return {
    vkey,
    /** @param {string} text */
    async sign(text) {
      const key = await vkey();
      const given = pin();
      const body = JSON.stringify(given ? {text, pin: given} : {text});
      const said = await ask(port, '/v1/sign', {method: 'POST', headers: {'Content-Type': 'application/json'}, body});
      const made = {name: String(said.name), keyId: String(said.key_id), signature: String(said.signature)};
      if ((await verifies(key, text, made)) === false) throw new SignError('bad-signature');
      return made;
    },
  };
}
