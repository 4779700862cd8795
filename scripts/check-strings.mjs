// The window's words stand in one file, renderer/strings/english.ts: no component holds any of its own.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './terminal.mjs';

/** Attributes that people see or hear. */
const SPOKEN = [
  'label',
  'aria-label',
  'ariaLabel',
  'title',
  'placeholder',
  'description',
  'alt',
  'nothingFound',
];
/** Names and units are the same in every language. */
const NAMES = ['Hourglass', 'TensorFlow', 'ONNX Runtime', ' ms'];
/** Elements whose label is a key of the glossary. */
const KEYED = ['TermMark', 'TermLabel'];

const files = execFileSync('git', ['ls-files', 'renderer/*.tsx', 'renderer/**/*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.test.tsx'));
const found = [];

for (const file of new Set(files)) {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const tell = (node, words) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}  ${words.trim().replace(/\s+/g, ' ')}`);
  };
  const visit = (node) => {
    if (ts.isJsxText(node) && hasWords(node.text)) tell(node, node.text);
    if (
      ts.isJsxAttribute(node) &&
      SPOKEN.includes(node.name.getText()) &&
      !KEYED.includes(node.parent.parent.tagName.getText()) &&
      node.initializer
    )
      for (const [at, words] of literalsOf(node.initializer)) tell(at, words);
    if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)))
      for (const [at, words] of literalsOf(node)) tell(at, words);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** The strings that an expression can come to, those among them that are words; what is given to a function is not looked at. */
function literalsOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return hasWords(node.text) ? [[node, node.text]] : [];
  if (ts.isTemplateExpression(node)) {
    const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' … ');
    return hasWords(text) ? [[node, text]] : [];
  }
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(literalsOf);
  if (ts.isBinaryExpression(node)) return [node.left, node.right].filter(isValue(node)).flatMap(literalsOf);
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node))
    return node.expression ? literalsOf(node.expression) : [];
  return [];
}

/** Of a comparison no side is shown, of `a && b` only b. */
function isValue({ operatorToken: { kind }, left }) {
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return (side) => side !== left;
  const shown = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
  return () => shown.includes(kind);
}

function hasWords(text) {
  return /\p{L}{2}/u.test(NAMES.reduce((rest, name) => rest.replaceAll(name, ''), text));
}

if (found.length > 0) {
  console.error(
    `Words outside renderer/strings/english.ts (give them a key there, read by t('…')):\n${found.join('\n')}`,
  );
  process.exitCode = 1;
}
