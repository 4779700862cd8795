import { Cancelled } from '../../shared/errors/problem';
import { type PcaLine, type PcaLineWanted, pcaLine } from './pca-line';
import { settleable } from './settleable';

/** Finds the line to beat in the background, once, unless it is called off. */
export class PcaSearch {
  readonly #abort = new AbortController();
  readonly #line = settleable<PcaLine | null>();
  #begun = false;

  /**
   * @param wanted null where no line is wanted
   * @param found told where the search was not called off
   */
  constructor(
    private readonly wanted: PcaLineWanted | null,
    private readonly found: (line: PcaLine) => void,
  ) {}

  /** The line, or null where none is wanted or the search was called off. */
  get line(): Promise<PcaLine | null> {
    return this.#line.promise;
  }

  begin(): void {
    if (this.#begun || this.#abort.signal.aborted) return;
    this.#begun = true;
    if (!this.wanted) {
      this.#line.resolve(null);
      return;
    }
    pcaLine(this.wanted, this.#abort.signal).then(
      (line) => {
        if (!this.#abort.signal.aborted) this.found(line);
        this.#line.resolve(line);
      },
      (reason: unknown) => {
        if (reason instanceof Cancelled) this.#line.resolve(null);
        else this.#line.reject(reason);
      },
    );
  }

  callOff(): void {
    this.#abort.abort();
    this.#line.resolve(null);
  }
}
