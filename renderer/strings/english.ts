/**
 * Every sentence and label of the window that is not the document's own (blocks, losses, Problems say theirs in `shared`),
 * by the room that shows it. Values with `{{name}}` take that value; keys ending in `_one` and `_other` go by `count`.
 */
export const english = {
  app: { close: 'Close' },
  augmentation: {
    title: 'Augmentation',
    endToStart: 'End to start',
    steps: 'steps',
    notForRows:
      'Not for rows of unlike values: what lies beside each other there does so by chance. Samples are shifted, flipped and turned where they are pictures or series.',
  },
  canvas: {
    addBlock: 'Add a block',
    addBehind: 'Add behind {{node}}',
    addBefore: 'Add before {{node}}',
    addBetween: 'Insert between {{from}} and {{to}}',
    findBlock: 'Find a block',
    noBlock: 'No block is called “{{typed}}”.',
    doesNotFit: 'Does not fit here',
  },
  check: {
    check: 'Check',
    cancel: 'Cancel',
    going: 'Taking a few steps …',
    untold: 'A check tells what a run of this drawing takes, and what it starts from.',
    takes:
      'About {{one}} an epoch on {{engine}}, {{all}} for {{epochs}}; at least {{memory}} of memory; {{parameters}} parameters.',
    takesWithStages:
      'About {{one}} an epoch on {{engine}}, {{all}} for {{epochs}}, and before them {{before}} for {{stageEpochs}} epochs of pre-training ({{stages}}); at least {{memory}} of memory; {{parameters}} parameters.',
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
      delete: 'Delete',
      selectAll: 'Select all',
      deselect: 'Deselect',
      tidy: 'Tidy up',
      addBlock: 'Add a block…',
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
  preview: {
    title: 'Preview',
    noData: 'Shown once data are loaded.',
    waiting: 'Drawing samples …',
    sample: 'Sample',
    corrupted: 'Corrupted',
    augmented: 'Augmented {{time}}, sample',
  },
  reconstructions: {},
  runs: {
    training: 'Training',
    trainingOf: 'Training ({{terms}})',
    validation: 'Validation',
    ofIt: '… of it {{term}}',
    step: 'Step',
    stepOfEpoch: '{{step}}, epoch {{epoch}}',
  },
  settings: {},
  start: {},
  tour: {},
} as const;
