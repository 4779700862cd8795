import benchmarks from '../../docs/benchmarks.md?raw';
import { t } from '../strings/strings';

/** How many times as fast as ONNX Runtime TensorFlow trains each measured model, from docs/benchmarks.md. */
export function measuredSpeeds(
  page: string = benchmarks,
): { readonly model: string; readonly times: number }[] {
  return page
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const model = /^\S+/.exec(section)?.[0] ?? '';
      const times = Number(/^\| hourglass onnx \|[^|]*\|\s*([\d.]+)×/m.exec(section)?.[1]);
      return Number.isFinite(times) ? [{ model, times }] : [];
    });
}

/** What getting TensorFlow is good for, in a sentence; nothing where it was not measured to be faster. */
export function speedSentence(speeds = measuredSpeeds()): string {
  const times = speeds.map((speed) => Number(speed.times.toFixed(1)));
  const [least, most] = [Math.min(...times), Math.max(...times)];
  if (times.length === 0 || least <= 1) return '';
  const range = least === most ? t('engine.about', { most }) : t('engine.fromTo', { least, most });
  return t('engine.faster', { range });
}
