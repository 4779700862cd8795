/**
 * Every sentence and label of the window that is not the document's own (blocks, losses, Problems say theirs in `shared`),
 * by the room that shows it. Values with `{{name}}` take that value; keys ending in `_one` and `_other` go by `count`.
 */
export const english = {
  app: { close: 'Close' },
  canvas: {},
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
      delete: 'Delete',
      selectAll: 'Select all',
      deselect: 'Deselect',
      tidy: 'Tidy up',
    },
    run: {
      train: 'Train',
      pause: 'Pause or resume',
      stop: 'Stop',
    },
    view: {
      fit: 'Fit the drawing',
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
