/** The two ends of a promise that is settled later. */
export interface Settleable<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** A rejection is thrown to whoever awaits the promise; nobody has to. */
export function settleable<T>(): Settleable<T> {
  let settle: Omit<Settleable<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  if (!settle) throw new Error('A promise did not hand out its functions at once.');
  return { promise, ...settle };
}
