import type { BuiltinSet, DataReference } from '../../shared/document/graph-document';
import { t } from '../strings/strings';

/** The sets drawn by seeded code, as the window offers them. */
export const builtinSets: Readonly<
  Record<BuiltinSet, { readonly label: string; readonly reference: DataReference }>
> = {
  'digits-and-shapes': {
    label: t('data.digitsAndShapes'),
    reference: { kind: 'builtin', name: 'digits-and-shapes', count: 6000, shape: [28, 28, 1] },
  },
  'colour-scenes': {
    label: t('data.colourScenes'),
    reference: { kind: 'builtin', name: 'colour-scenes', count: 6000, shape: [32, 32, 3] },
  },
};

export function isBuiltinSet(name: string): name is BuiltinSet {
  return name in builtinSets;
}
