/** Tells operators how a flow stands: search attributes for the list, current details for the one flow they open. */
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { searchAttributes, searchAttributesOf, type Standing } from './search-attributes.contract.ts';

/**
 * Writes what differs from what is shown already; a flow whose starter told everything adds nothing to its history.
 * @param sentence what the flow waits for, @param advice what an operator can do about it; both without personal data
 */
export function showOperators(standing: Standing, sentence: string, advice: string): void {
  const shown = workflowInfo().typedSearchAttributes;
  const moved = standing.lastEvent !== undefined || shown.get(searchAttributes.flowState) !== standing.flowState;
  const changed = searchAttributesOf(moved ? { ...standing, stateSince: new Date() } : standing).filter(
    ({ key, value }) => shown.get(key) !== value,
  );
  if (changed.length > 0) upsertSearchAttributes(changed);
  setCurrentDetails(`**${sentence}**\n\n${advice}`);
}
