/**
 * Every sentence and label of the window that is not the document's own (blocks, losses, Problems say theirs in `shared`),
 * by the room that shows it. Values with `{{name}}` take that value; keys ending in `_one` and `_other` go by `count`.
 */
export const english = {
  app: {},
  canvas: {
    name: 'Name',
    nameHelp:
      'What you call it, on the canvas, in problems and in panels. Its twin has the name with a prime.',
    nameOf: 'Name of {{id}}',
  },
  clipboard: {
    cannotRead: 'This window may not look at the clipboard by itself.',
    cannotReadHint: 'Press {{keys}} over the drawing instead.',
    document: 'Open the drawing, or paste its blocks?',
    documentText:
      'The clipboard holds a whole drawing, “{{name}}”. Its blocks can also be added to this one, unconnected to it.',
    cancel: 'Cancel',
    open: 'Open it',
    pasteBlocks_one: 'Paste its block',
    pasteBlocks_other: 'Paste its {{count}} blocks',
  },
  codes: {},
  commands: {
    file: {
      new: 'New',
      template: 'New from template…',
      newWindow: 'New window',
      open: 'Open…',
      save: 'Save',
      saveAs: 'Save as…',
    },
    edit: {
      undo: 'Undo',
      redo: 'Redo',
      cut: 'Cut',
      copy: 'Copy',
      paste: 'Paste',
      pasteWired: 'Paste with incoming wires',
      duplicate: 'Duplicate',
      rename: 'Rename',
      inspect: 'Edit in the inspector',
      delete: 'Delete',
      selectAll: 'Select all',
      deselect: 'Deselect',
      tidy: 'Tidy up',
    },
    arrange: {
      left: 'Align left edges',
      centre: 'Align centres across',
      right: 'Align right edges',
      top: 'Align upper edges',
      middle: 'Align centres up and down',
      bottom: 'Align lower edges',
      across: 'Space evenly across',
      down: 'Space evenly up and down',
      grid: 'Snap to the grid',
    },
    run: {
      train: 'Train',
      pause: 'Pause or resume',
      stop: 'Stop',
    },
    view: {
      fit: 'Fit the drawing',
      zoomToSelection: 'Zoom to the selection',
      scheme: 'Dark or light',
      palette: 'Palette',
      inspector: 'Inspector',
      dock: 'Lower panel',
    },
    help: {
      about: 'About Hourglass',
    },
  },
  layers: {},
  reconstructions: {},
  runs: {},
  settings: {},
  start: {},
  tour: {},
} as const;
