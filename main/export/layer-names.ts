import { PRIME } from '../../shared/plan/plan';

/**
 * Names for layers that other programs allow: letters, digits and `_`, a letter first, no two alike. `conv-2` is `conv_2`, its
 * twin `conv_2_mirror`, the flattening placed before the code `code_flatten`.
 */
export class LayerNames {
  readonly #taken = new Set<string>();
  readonly #known = new Map<string, string>();

  /** @param reserved names that no layer may have, such as those of inputs */
  constructor(reserved: readonly string[] = []) {
    for (const name of reserved) this.#taken.add(name);
  }

  /** The name of a layer: the same each time. */
  of(layerId: string): string {
    const known = this.#known.get(layerId);
    if (known !== undefined) return known;
    const name = this.another(layerId);
    this.#known.set(layerId, name);
    return name;
  }

  /** A name that nothing has yet, made from this one. */
  another(wanted: string): string {
    const plain = wanted
      .replaceAll(PRIME, '_mirror')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const base = /^[A-Za-z]/.test(plain) ? plain : `layer_${plain}`;
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}_${count}`;
    this.#taken.add(name);
    return name;
  }
}
