import type { Problem } from '../errors/problem';
import { planDocument } from '../plan/plan-document';
import { documentSchema } from './document-schema';
import type { GraphDocument } from './graph-document';
import { schemaProblems } from './schema-problems';

/**
 * Everything wrong with a document: entries and ranges, ids, wires, shapes, sizes, output and differences, each
 * with the node and parameter it belongs to. Empty, or warnings only, where it can be trained.
 */
export function validateDocument(doc: GraphDocument): readonly Problem[] {
  const parsed = documentSchema.safeParse(doc);
  const planned = planDocument(doc).problems;
  if (parsed.success) return planned;
  // Parameters out of range are the planner's to report, on their nodes.
  const said = new Set(planned.map(({ where }) => `${where?.nodeId}.${where?.param}`));
  const fields = schemaProblems(parsed.error.issues, doc).filter(
    ({ where }) => !(where?.param && said.has(`${where.nodeId}.${where.param}`)),
  );
  return [...fields, ...planned];
}
