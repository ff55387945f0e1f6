// French spaces in every text of the portal, so that nobody types them: a mark never begins a line (`src/lib/typeset.ts`
// does the same to texts that come from elsewhere). A space becomes another, so that places in the code stay what they are.

/** Texts of ours: not the operations, which are no French, nor the tests, which look for what one types. */
const ours = /\/src\/(?!gql\/).*\.(svelte|ts)$/;
const tests = /\.test\.ts$/;

const spaced = (text) => text.replace(/« /g, '«\u00a0').replace(/ (?=[»:])/g, '\u00a0').replace(/ (?=[;!?])/g, '\u202f');

/** The places of texts in the code: strings and templates. */
function* texts(node) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) { for (const one of node) yield* texts(one); return; }
  if ((node.type === 'Literal' && typeof node.value === 'string') || node.type === 'TemplateElement') { yield [node.start, node.end]; return; }
  for (const [key, value] of Object.entries(node)) if (key !== 'source') yield* texts(value);
}

/** For Vite: after everything else, when all is JavaScript. */
export function typeset() {
  return {
    name: 'typeset',
    enforce: 'post',
    transform(code, id) {
      if (!ours.test(id) || tests.test(id) || !/ [»:;!?]|« /.test(code)) return null;
      let done = code;
      for (const [start, end] of texts(this.parse(code))) done = done.slice(0, start) + spaced(done.slice(start, end)) + done.slice(end);
      return { code: done, map: null };
    },
  };
}
