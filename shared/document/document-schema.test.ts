import { expect, it } from 'vitest';
import { documentJsonSchema } from './document-schema';

it('is published as it is (npx vitest run shared/document -u writes it anew)', async () => {
  const schema = `${JSON.stringify(documentJsonSchema(), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../docs/document.schema.json');
});
