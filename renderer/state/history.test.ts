import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commit, endGesture, newHistory, redo, undo } from './history';

describe('history', () => {
  it('undoes and redoes one step at a time', () => {
    const edited = commit(commit(newHistory('a'), 'b'), 'c');
    expect(undo(edited).present).toBe('b');
    expect(undo(undo(edited)).present).toBe('a');
    expect(redo(undo(edited)).present).toBe('c');
  });

  it('has nothing to undo in a fresh document, and nothing to redo', () => {
    const fresh = newHistory('a');
    expect(undo(fresh)).toBe(fresh);
    expect(redo(fresh)).toBe(fresh);
  });

  it('joins the edits of one gesture into one step', () => {
    let history = newHistory(0);
    for (const value of [1, 2, 3]) history = commit(history, value, 'drag');
    expect(history.present).toBe(3);
    expect(undo(history).present).toBe(0);
  });

  it('starts a new step where a gesture ended or another began', () => {
    let history = commit(newHistory(0), 1, 'units');
    history = commit(endGesture(history), 2, 'units');
    history = commit(history, 3, 'filters');
    expect(history.past).toEqual([0, 1, 2]);
  });

  it('never joins a step across an undo', () => {
    let history = commit(newHistory(0), 1, 'units');
    history = undo(history);
    history = commit(history, 5, 'units');
    expect(undo(history).present).toBe(0);
  });

  it('takes an edit that changes nothing for no step', () => {
    const history = commit(newHistory('a'), 'b');
    expect(commit(history, 'b')).toBe(history);
  });

  it('drops what was undone once something else is done', () => {
    const history = commit(undo(commit(newHistory('a'), 'b')), 'c');
    expect(history.future).toEqual([]);
  });

  it('comes back to the start by undoing everything, and to the end by redoing it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.constant('undo'), fc.constant('redo'))), (acts) => {
        let history = newHistory<number>(0);
        for (const act of acts) {
          if (act === 'undo') history = undo(history);
          else if (act === 'redo') history = redo(history);
          else if (typeof act === 'number') history = commit(history, act);
        }
        let back = history;
        while (back.past.length > 0) back = undo(back);
        expect(back.present).toBe(0);
        let end = back;
        while (end.future.length > 0) end = redo(end);
        const timeline = [...history.past, history.present, ...history.future];
        expect([...end.past, end.present]).toEqual(timeline);
      }),
    );
  });
});
