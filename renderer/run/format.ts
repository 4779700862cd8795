/** An error figure: three significant digits, whatever its size. */
export function formatError(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return 'not a number';
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(2);
  return value.toPrecision(3);
}

/** A figure that may be negative: as errors are, with a minus sign of its own. */
export function formatSigned(value: number): string {
  return `${value < 0 ? '−' : ''}${formatError(Math.abs(value))}`;
}

/** A measure: in decibels with two places, else as errors are. */
export function formatMeasure(value: number | undefined, unit: string): string {
  return value !== undefined && unit === 'dB' ? value.toFixed(2) : formatError(value);
}

/** `0.001`, `0.0000125`, `1.5e-7`: at most three significant digits. */
export function formatLearningRate(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Number(value.toPrecision(3)));
}

/** `12,300`: at most three significant digits, grouped. */
export function formatRate(value: number): string {
  if (!(value > 0)) return '–';
  return Number(value.toPrecision(3)).toLocaleString('en');
}

/** `8 s`, `2 min 05 s`, `1 h 12 min`. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
