import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from './claim';
import { seenInJourneys } from './journey';

/** A habit that users bring from other programs, and the journeys that have it: file, and title of a test or a step. */
interface Convention {
  readonly habit: string;
  readonly shown: readonly (readonly [file: string, title: string])[];
}

const ADDING = 'browser/adding.spec.ts';
const ARRANGING = 'browser/arranging.spec.ts';
const MENUS = 'browser/context-menus.spec.ts';
const GROUPS = 'browser/groups.spec.ts';
const PALETTE = 'browser/palette-and-keys.spec.ts';
const CUTTING = 'browser/wire-cutting.spec.ts';
const CLIPBOARD = 'clipboard.spec.ts';
const FIRST = 'draw-and-train.spec.ts';
const DESKTOP = 'electron/menus-and-dialogs.spec.ts';

/** One line a row of the table in issue 6. Reroute dots are the one thing left out: docs/architecture.md says why. */
export const CONVENTIONS: readonly Convention[] = [
  {
    habit: 'drag from a palette that is searched',
    shown: [
      [FIRST, 'draw by drag and drop, wire by hand'],
      [PALETTE, 'the palette of blocks is searched, too'],
    ],
  },
  {
    habit: 'double click on the canvas to search and add',
    shown: [
      [
        ADDING,
        'a block is looked for and added where the canvas was double-clicked, by keys alone, and undone',
      ],
    ],
  },
  {
    habit: 'a wire dropped on nothing lists what fits',
    shown: [[ADDING, 'a wire dropped on nothing asks for what fits, adds it and connects it in one step']],
  },
  {
    habit: 'a wire dropped on a block takes the first place that fits; refused ones dim and say why',
    shown: [
      [
        ADDING,
        'a wire is dropped anywhere on a block, in both halves; blocks that refuse it dim and say why',
      ],
      [ADDING, 'a refused block tells the reason'],
    ],
  },
  {
    habit: 'a block dropped on a wire is inserted, and its neighbours make room',
    shown: [
      [FIRST, 'a block dropped on a wire stands in it, and has its twin'],
      [CUTTING, 'in a drawing laid out by hand, a block dropped on a wire has its neighbours make room'],
      [ARRANGING, 'one that lies by itself'],
      [ARRANGING, 'a wired one only moves, unless Ctrl is held'],
    ],
  },
  {
    habit: 'one wire an input; dragged off, it is taken off',
    shown: [
      ['browser/drawing.spec.ts', 'a wire is taken at its end and put on another block; a wire is deleted'],
      [ADDING, 'a wire of the decoder is taken off at its end'],
    ],
  },
  {
    habit: 'deleting a block connects through',
    shown: [[CUTTING, 'deleting a block connects what stood around it']],
  },
  {
    habit: 'wires are cut by a stroke',
    shown: [
      [CUTTING, 'with Alt'],
      [CUTTING, 'with Ctrl and the right button, several at once'],
    ],
  },
  {
    habit: 'box select, Ctrl or Shift adds, Ctrl+A',
    shown: [[ARRANGING, 'selected by a box; with Shift or Ctrl a box adds, and Ctrl+A takes all']],
  },
  {
    habit: 'pan by Space or the middle button, zoom by Ctrl and the wheel',
    shown: [
      [ARRANGING, 'dragged with Space or the middle button'],
      [ARRANGING, 'zoomed around the pointer with Ctrl and the wheel'],
    ],
  },
  {
    habit: 'copy, cut, paste and duplicate as text across windows; Ctrl+Shift+V keeps incoming wires',
    shown: [
      [CLIPBOARD, 'a copy keeps its wires and parameters, has ids of its own and is selected'],
      [CLIPBOARD, 'with Shift the wires into them are kept'],
      [CLIPBOARD, 'duplicating leaves the clipboard alone'],
      [CLIPBOARD, 'cutting closes the chain, and pasting brings the block back'],
      ['browser/clipboard-text.spec.ts', 'another window takes it'],
    ],
  },
  { habit: 'bypass', shown: [[MENUS, 'bypass a block: it stays, and the network does without']] },
  {
    habit: 'replace a block, keeping its wires',
    shown: [[MENUS, 'change a twin to another kind: its block changes with it, the wires stay']],
  },
  {
    habit: 'groups, collapsed and edited in place; notes',
    shown: [
      [GROUPS, 'collapsed: one node in each half, with its shapes and parameters'],
      [GROUPS, 'opened by a double click, edited, and trained as before'],
      [
        'browser/notes.spec.ts',
        'a note is laid, written, coloured, resized, copied and deleted, and saved with the drawing',
      ],
    ],
  },
  {
    habit: 'undo and redo, by either key; one gesture, one step',
    shown: [
      [ARRANGING, 'nudged: a run of presses is one step, and Shift goes further'],
      [FIRST, 'every edit is undone, and done again'],
    ],
  },
  {
    habit: 'nudge, snap to others and to a grid, align',
    shown: [
      [ARRANGING, 'in line with another block, which a line shows'],
      [ARRANGING, 'on the grid'],
      [ARRANGING, 'aligned at the top, and undone at once'],
      [ARRANGING, 'spaced evenly from the menu'],
    ],
  },
  {
    habit: 'fit, zoom to the selection, minimap',
    shown: [
      [
        ARRANGING,
        'the view goes to what is selected and back to the whole; it is dragged, and zoomed by the wheel',
      ],
      [
        'browser/drawing.spec.ts',
        'a long drawing can be read: small blocks keep their numbers, and a map shows what is out of sight',
      ],
    ],
  },
  { habit: 'tidy up', shown: [[ARRANGING, 'tidied up, as one step']] },
  {
    habit: 'menus of the right button on canvas, block, wire and port',
    shown: [
      [MENUS, 'the canvas, and dragging it'],
      [MENUS, 'skip, tie and freeze from a block’s menu'],
      [MENUS, 'insert on a wire, then delete it'],
      [MENUS, 'a port: a block behind it, a wire without dragging one, and wires taken off'],
    ],
  },
  {
    habit: 'Ctrl+Enter runs, Ctrl+Alt+Enter stops',
    shown: [['keyboard.spec.ts', 'train']],
  },
  {
    habit: 'problems stand on their block',
    shown: [
      ['browser/data-and-problems.spec.ts', 'problems stand on their block and in the list, and lead to it'],
    ],
  },
  {
    habit: 'a picture with a drawing inside is dropped to open it',
    shown: [['sharing.spec.ts', 'and dropped on the window, where changes are asked about']],
  },
  {
    habit: 'F2 names, Enter edits, ? shows the keys',
    shown: [
      ['browser/naming.spec.ts', 'F2, a name, Enter'],
      ['browser/naming.spec.ts', 'Enter edits what is selected'],
      [PALETTE, 'the sheet'],
    ],
  },
  {
    habit: 'command palette, settings, keys of one’s own',
    shown: [
      [PALETTE, 'a command, by typing and Enter'],
      [PALETTE, 'panels, by name and by their keys; the check, the search for a rate, code sizes'],
      [PALETTE, 'a block of the drawing, which the view goes to'],
      [PALETTE, 'they are there at the next start; all are reset at once'],
    ],
  },
  {
    habit: 'what is unsaved survives a crash',
    shown: [
      ['files.spec.ts', 'unsaved edits are offered again after a reload'],
      [DESKTOP, 'nothing was given up: both are offered after a crash'],
    ],
  },
  {
    habit: 'Ctrl+N, O, S, Shift+S, recent files',
    shown: [
      [DESKTOP, 'Ctrl+N begins anew'],
      [DESKTOP, 'a file that the system has asked about is replaced without another question'],
      [DESKTOP, 'opening, also what was opened before'],
      ['start-again.spec.ts', 'save, quit, start again, open recent'],
    ],
  },
  {
    habit: 'the window opens where it was; the system lists recent documents',
    shown: [
      [DESKTOP, 'a window with changes asks before it closes, and opens again where it was'],
      [DESKTOP, 'the system lists what was saved and opened among its recent documents'],
    ],
  },
  {
    habit: 'task bar, notification and files from the file manager',
    shown: [
      [
        'electron/runs.spec.ts',
        'the system sees how far a run is, stays awake for it, and is told of its end',
      ],
      ['electron/windows.spec.ts', 'each file has one window, however it is opened'],
    ],
  },
];

const FEWEST_SCREENS = 12;

export const conventions: Claim = {
  name: 'conventions',
  bar: `every convention of the table has a journey, which passes, and docs/screens has ${FEWEST_SCREENS} states, dark and light`,
  data: null,
  async check({ root, say }) {
    const files = [...new Set(CONVENTIONS.flatMap(({ shown }) => shown.map(([file]) => file)))];
    const isDesktop = (file: string) => file.startsWith('electron/');
    const seen = new Map([
      ...seenInJourneys(
        root,
        'chromium',
        files.filter((file) => !isDesktop(file)),
      ),
      ...seenInJourneys(root, 'electron', files.filter(isDesktop)),
    ]);
    const lacking = CONVENTIONS.filter(({ habit, shown }) => {
      const missing = shown.filter(([file, title]) => seen.get(`${file} ${title}`) !== true);
      for (const [file, title] of missing) {
        const what = seen.has(`${file} ${title}`) ? 'failed' : 'is not there';
        say(`${habit}: “${title}” of ${file} ${what}`);
      }
      return missing.length > 0;
    });
    const names = new Set(readdirSync(join(root, 'docs/screens')));
    const states = [...names].filter(
      (name) => name.endsWith('-dark.png') && names.has(name.replace(/-dark\.png$/, '-light.png')),
    );
    return {
      figure: `${CONVENTIONS.length - lacking.length} of ${CONVENTIONS.length} conventions seen in ${files.length} journeys; ${states.length} states in docs/screens, dark and light`,
      holds: lacking.length === 0 && states.length >= FEWEST_SCREENS,
    };
  },
};
