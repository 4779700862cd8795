import { count, type Sentence, type Sentences } from './sentence';

/** What can be wrong with a drawing that was shared: inside a picture, or as a link. */
export const sharingSentences = {
  // Pictures
  PICTURE_DAMAGED: (v: { name: string; what: string }): Sentence => ({
    message: `${v.name} should be a whole PNG picture, but ${v.what}.`,
    hint: 'It was cut off or changed on its way. Ask for it again, sent as a file.',
  }),
  PICTURE_WITHOUT_DRAWING: (v: { name: string }): Sentence => ({
    message: `${v.name} is a picture, but no drawing of Hourglass is in it.`,
    hint: 'Only pictures saved by “Share…” have one, and chats and picture editors often take it out. Ask for the picture sent as a file, or for a link.',
  }),
  PICTURE_OVERFULL: (v: { name: string; limit: number }): Sentence => ({
    message: `What ${v.name} holds beside the picture is more than any drawing: over ${count(v.limit)} bytes.`,
    hint: 'It was not saved by Hourglass. Do not open it.',
  }),

  // Links
  LINK_DAMAGED: (v: { what: string }): Sentence => ({
    message: `This link to a drawing can’t be read: ${v.what}.`,
    hint: 'It was probably cut off where it was pasted. Copy all of it, or ask for the drawing as a picture or a file.',
  }),
  LINK_OVERFULL: (v: { limit: number }): Sentence => ({
    message: `What this link holds is more than any link of Hourglass: over ${count(v.limit)} bytes.`,
    hint: 'It was not made by Hourglass. Do not open it.',
  }),
  LINK_NEWER: (v: { version: string; known: number }): Sentence => ({
    message: `This link is of version ${v.version}; this Hourglass reads version ${v.known}.`,
    hint: 'Get a newer Hourglass to open it, or ask for the drawing as a picture or a file.',
  }),
  LINK_TOO_LONG: (v: { length: number; limit: number }): Sentence => ({
    message: `As a link this drawing would have ${count(v.length)} characters; links of more than ${count(v.limit)} get lost on their way.`,
    hint: 'Save it as a picture or a file instead.',
  }),
} satisfies Sentences;
