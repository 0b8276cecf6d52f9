// A key file (docs/formats/key-file.md) that the person picks: in this page's memory, and nowhere else.
import {ED25519, fromBase64, P256, parseVkey, signWith, verifies} from './sign-note.js';
import {SignError} from './sign-words.js';

const FILE_BYTES = 16 << 10;
// RFC 8410 section 7: a PKCS #8 wrapping of the 32-byte seed that follows.
const PKCS8_ED25519 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);
const SPKI_POINT = 27; // where x begins in the 91 bytes of a P-256 public key

/** @param {Uint8Array} bytes */
function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {import('./sign-note.js').VerifierKey} vkey @param {Uint8Array} secret */
async function importSecret(vkey, secret) {
  if (vkey.type === P256) {
    const x = base64Url(vkey.key.subarray(SPKI_POINT, SPKI_POINT + 32));
    const y = base64Url(vkey.key.subarray(SPKI_POINT + 32));
    const jwk = {kty: 'EC', crv: 'P-256', x, y, d: base64Url(secret)};
    return crypto.subtle.importKey('jwk', jwk, {name: 'ECDSA', namedCurve: 'P-256'}, false, ['sign']);
  }
  const wrapped = new Uint8Array([...PKCS8_ED25519, ...secret]);
  try {
    return await crypto.subtle.importKey('pkcs8', wrapped, {name: 'Ed25519'}, false, ['sign']);
  } catch {
    throw new SignError('browser-too-old');
  } finally {
    wrapped.fill(0);
  }
}

/** @param {string} text */
async function open(text) {
  const lines = text.split('\n');
  const vkey = lines[1]?.startsWith('vkey ') ? await parseVkey(lines[1].slice(5)) : null;
  if (lines[0] !== 'scrutineer/key/1' || !vkey || (vkey.type !== ED25519 && vkey.type !== P256))
    throw new SignError('not-a-key-file');
  if (lines[2]?.startsWith('argon2id13 ')) throw new SignError('needs-agent');
  const secret = lines.length === 4 && lines[3] === '' && lines[2].startsWith('plain ') ? fromBase64(lines[2].slice(6)) : null;
  if (secret?.length !== 32) throw new SignError('not-a-key-file');
  try {
    return {vkey, key: await importSecret(vkey, secret)};
  } catch (error) {
    throw error instanceof SignError ? error : new SignError('not-a-key-file');
  } finally {
    secret.fill(0);
  }
}

/** The key that is open now: not extractable, in memory, for as long as the page stands. */
/** @type {{vkey: import('./sign-note.js').VerifierKey, key: CryptoKey} | null} */
let held = null;

/** Sign-out, or the page is left (also into the browser's page cache). */
export function forgetKeyFile() {
  held = null;
}

/** @param {File} file */
export async function openKeyFile(file) {
  forgetKeyFile();
  if (file.size > FILE_BYTES) throw new SignError('not-a-key-file');
  held = await open(await file.text());
}

export function keyFileIsOpen() {
  return held !== null;
}

export function keyFileSigner() {
  const opened = () => {
    if (!held) throw new SignError('no-file');
    return held;
  };
  return {
    async vkey() {
      return opened().vkey;
    },
    /** @param {string} text */
    async sign(text) {
      const {vkey, key} = opened();
      const made = await signWith(key, vkey, text);
      // The secret may not be that of the public key in the file.
      if ((await verifies(vkey, text, made)) === false) throw new SignError('not-a-key-file');
      return made;
    },
  };
}
