// Finds things by the words a person sees. Called with what is looked for, "field" or "action", and
// with a path of words: all but the last are legends of the groups it stands in. Answers with the
// things found, and with the words of all there are.
const [kind, path] = arguments;

const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim().toLowerCase();
const isSeen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden="true"]');
const namedBy = (element) => document.getElementById(element.getAttribute('aria-labelledby'))?.innerText;
const wordsOf = (element) =>
  [element.innerText, element.getAttribute('aria-label'), namedBy(element), element.matches('input') ? element.value : '']
    .map(clean)
    .filter((words) => words !== '');

const groups = (root) =>
  [...root.querySelectorAll('fieldset > legend')].map((legend) => ({ named: legend, found: legend.parentElement }));

const fields = (root) =>
  [...root.querySelectorAll('label')]
    .filter((label) => label.control)
    .map((label) => ({ named: label, found: label.control }))
    .concat(groups(root));

const actions = (root) =>
  [...root.querySelectorAll('button, a[href], summary, [role=button], input[type=submit], input[type=button]')]
    .map((element) => ({ named: element, found: element }));

// What stands in no group of its own below this one, if there is such a thing.
const outermost = (root, found) => {
  const outer = found.filter((element) => element.parentElement.closest('fieldset') === (root === document ? null : root));
  return outer.length ? outer : found;
};

const said = (root, candidates, text) => {
  const [, words, number] = text.match(/^(.*?)(?: \[(\d+)\])?$/s);
  const seen = candidates.filter(({ named }) => isSeen(named));
  const exactly = seen.filter(({ named }) => wordsOf(named).includes(clean(words)));
  const optional = seen.filter(({ named }) => wordsOf(named).includes(clean(words) + ' (optional)'));
  const found = outermost(root, (exactly.length ? exactly : optional).map(({ found }) => found));
  return number ? found.slice(number - 1, number) : found;
};

let roots = [document];
for (const legend of path.slice(0, -1)) {
  roots = roots.flatMap((root) => said(root, groups(root), legend));
}
const candidates = kind === 'field' ? fields : actions;
const found = new Set(roots.flatMap((root) => said(root, candidates(root), path.at(-1))));

// Links with the same words to the same place are one to whoever presses them.
const places = new Set([...found].map((element) => element.href ?? element));
const known = roots.flatMap(candidates).filter(({ named }) => isSeen(named)).map(({ named }) => wordsOf(named)[0]);
return [places.size === 1 ? [...found].slice(0, 1) : [...found], known];
