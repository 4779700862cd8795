import { PRIME } from '../../../shared/plan/plan';
import type { Step } from './network';

/** Python's own words (3.13), what the written code uses itself, and what a module of PyTorch has. */
const RESERVED = [
  'and as assert async await break case class continue def del elif else except false finally for from global if import in is',
  'lambda match none nonlocal not or pass raise return self super true try type while with yield',
  'f keras layers ops np torch nn decoded encoded curve uncurve mixed lightness_of colours_of x inputs outputs parts path weights average_pool build load samples scale offset',
  'add_module apply bfloat16 buffers call_super_init children compile cpu cuda decode double dump_patches encode eval',
  'extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules',
  'mtia named_buffers named_children named_modules named_parameters parameters register_buffer register_module',
  'register_parameter requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training xpu',
  'zero_grad',
].flatMap((line) => line.split(' '));
const LONGEST = 80;

/**
 * Names for the steps of a network in other programs, made from what people call the blocks: lower case letters, digits and `_`, a
 * letter first, no two alike, none that means something in Python. Whatever a drawing says, no more than such a name comes of it.
 */
export class StepNames {
  readonly #taken = new Set(RESERVED);
  readonly #known = new Map<string, string>();

  /** @param called what people call a node, by its id */
  constructor(private readonly called: (layerId: string) => string) {}

  /** The name of a step: the same each time. */
  of({ id, layerId }: Pick<Step, 'id' | 'layerId'>): string {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const name = this.another(`${this.called(layerId)}${id.slice(layerId.length)}`);
    this.#known.set(id, name);
    return name;
  }

  /** A name that nothing has yet, made from this one. */
  another(wanted: string): string {
    const plain = wanted
      .normalize('NFKD')
      .replaceAll(PRIME, ' mirror ')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, LONGEST);
    const base = /^[a-z]/.test(plain) ? plain : `layer_${plain}`.replace(/_$/, '');
    let name = base;
    for (let count = 2; this.#taken.has(name); count++) name = `${base}_${count}`;
    this.#taken.add(name);
    return name;
  }
}
