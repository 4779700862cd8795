import { megabytes, type Sentence, type Sentences } from './sentence';

/** Two significant digits, or none at all. */
const small = (value: number) => (value === 0 ? '0' : value.toPrecision(2));

/** What can keep a trained model from being taken elsewhere. */
export const exportSentences = {
  EXPORT_DIFFERS: (v: { title: string; by: string; difference: number; limit: number }): Sentence => ({
    message: `The export as ${v.title} was run by ${v.by}, and is up to ${small(v.difference)} away from what the app itself gives out; at most ${small(v.limit)} is let pass. Nothing was kept of it.`,
    hint: 'Export in another format, and report this: exports should give out what the app does.',
  }),
  EXPORT_EXISTS: (v: { path: string }): Sentence => ({
    message: `There is something at ${v.path} already.`,
    hint: 'Choose another name, or have it replaced (--replace on the command line).',
  }),
  EXPORT_FORMAT_UNKNOWN: (v: { name: string; known: readonly string[] }): Sentence => ({
    message: `There is no export format “${v.name}”.`,
    hint: `Choose one of ${v.known.join(', ')}.`,
  }),
  EXPORT_LACKS: (v: { title: string; block: string; what: string }): Sentence => ({
    message: `${v.title} has nothing that does what ${v.block} does: ${v.what}.`,
    hint: 'Export it as ONNX or as a SavedModel, which have all blocks.',
  }),
  EXPORT_NOT_OWN: (v: { path: string; title: string }): Sentence => ({
    message: `${v.path} is no folder that an export as ${v.title} made, so it is not replaced.`,
    hint: 'Choose another name, or remove the folder yourself.',
  }),
  EXPORT_PART: (v: { title: string; part: string; parts: readonly string[] }): Sentence => ({
    message: `${v.title} is no format for the ${v.part} of a model.`,
    hint: `It holds: ${v.parts.join(', ')}.`,
  }),
  EXPORT_PLACE: (v: { path: string }): Sentence => ({
    message: `Expected the absolute path that an export goes to, got ${v.path}.`,
    hint: 'Choose the place by “Choose…”.',
  }),
  EXPORT_TOO_LARGE: (v: { what: string; bytes: number; limit: number }): Sentence => ({
    message: `${v.what} holds at most ${megabytes(v.limit)}, but the weights take ${megabytes(v.bytes)}.`,
    hint: 'Export encoder and decoder by themselves, or choose another format.',
  }),
  EXPORT_UNREADABLE: (v: { by: string; detail: string }): Sentence => ({
    message: `What was written could not be run by ${v.by}: ${v.detail} Nothing was kept of it.`,
    hint: 'Export in another format, and report this.',
  }),
} satisfies Sentences;
