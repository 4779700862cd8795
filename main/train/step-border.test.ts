import { describe, expect, it } from 'vitest';
import { StepBorder } from './step-border';

function watched(turnEvery?: number) {
  const said: string[] = [];
  const border = new StepBorder(
    { onPaused: () => void said.push('paused'), onResumed: () => said.push('resumed') },
    turnEvery,
  );
  return { border, said };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 15));

describe('StepBorder', () => {
  it('holds the run in a pause, counts the time, and goes on', async () => {
    const { border, said } = watched();
    border.pause();
    let crossed: boolean | null = null;
    const crossing = border.cross().then((go) => {
      crossed = go;
    });
    await soon();
    expect(crossed).toBeNull();
    expect(said).toEqual(['paused']);
    border.resume();
    await crossing;
    expect(crossed).toBe(true);
    expect(said).toEqual(['paused', 'resumed']);
    expect(border.pausedFor).toBeGreaterThan(10);
  });

  it('stops a paused run without calling it resumed', async () => {
    const { border, said } = watched();
    border.pause();
    const crossing = border.cross();
    border.stop();
    expect(await crossing).toBe(false);
    expect(said).toEqual(['paused']);
  });

  it('stays stopped', async () => {
    const { border } = watched();
    border.stop();
    border.resume();
    border.pause();
    expect(await border.cross()).toBe(false);
  });

  it('lets timers and messages through while steps run without a break', async () => {
    const { border } = watched(1);
    let rang = false;
    setTimeout(() => {
      rang = true;
    }, 5);
    const until = performance.now() + 500;
    while (!rang && performance.now() < until) await border.cross();
    expect(rang).toBe(true);
  });
});
