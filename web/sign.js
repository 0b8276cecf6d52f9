// Signing in the browser, with a key that the person holds (docs/formats/sign-in.md). A page that has forms to sign:
//
//   <script type="module" src="/web/sign.js"></script>
//
// Every signer has vkey() -> {name, keyId, text, ...} and sign(text) -> {name, keyId, signature}.
import {attachBrowserKey} from './sign-browser-key-page.js';
import {attachSignForms} from './sign-forms.js';

export {AGENT_PORT, agentSigner} from './sign-agent.js';
export {browserKey, browserKeySigner, forgetBrowserKey, makeBrowserKey} from './sign-browser-key.js';
export {attachBrowserKey} from './sign-browser-key-page.js';
export {attachSignForms} from './sign-forms.js';
export {forgetKeyFile, keyFileSigner, openKeyFile} from './sign-key-file.js';
export {makeVkey, parseVkey, signatureLine, verifies} from './sign-note.js';
export {SignError} from './sign-words.js';

if (globalThis.document) {
  await attachBrowserKey(document);
  await attachSignForms(document);
}
