import { Button, Group } from '@mantine/core';
import { type Fix, fixesOf } from '../../shared/document/fixes';
import type { Problem } from '../../shared/errors/problem';
import { edit } from '../state/document-store';

/** What mends a Problem with one click, where anything does. */
export function FixButtons({ problem }: { readonly problem: Problem }) {
  const fixes = fixesOf(problem);
  if (fixes.length === 0) return null;
  return (
    <Group gap={4}>
      {fixes.map(({ label, apply }: Fix) => (
        <Button key={label} variant="default" size="compact-xs" onClick={() => edit(apply)}>
          {label}
        </Button>
      ))}
    </Group>
  );
}
