/** Registers our search attributes: every server needs them once, the tests' too, or starts fail and upserts hang. */
import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../workflows/search-attributes.contract.ts';

/** temporal.api.enums.v1.IndexedValueType */
const TYPES = { KEYWORD: 2, BOOL: 5, DATETIME: 6 } as const;

type OperatorService = Pick<Connection, 'operatorService'>;

/**
 * Adds what is missing; safe to run again and by two workers at once.
 * @throws Error when one of them exists with another type: the server ignores that silently, and every upsert would fail
 */
export async function ensureSearchAttributes({ operatorService }: OperatorService, namespace: string): Promise<void> {
  const wanted = Object.values(searchAttributes).map(({ name, type }) => [name, TYPES[type]] as const);
  const there = await registered(operatorService, namespace);
  const missing = wanted.filter(([name]) => there[name] === undefined);
  if (missing.length > 0) {
    await operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  }
  const clash = wanted.find(([name, type]) => there[name] !== undefined && there[name] !== type);
  if (clash !== undefined) throw new Error(`search attribute ${clash[0]} exists with another type`);
}

/** The time-skipping server can't list; there adding is all there is. */
async function registered(service: Connection['operatorService'], namespace: string): Promise<Record<string, number>> {
  try {
    return (await service.listSearchAttributes({ namespace })).customAttributes;
  } catch (error) {
    if ((error as { code?: number }).code === UNIMPLEMENTED) return {};
    throw error;
  }
}

/** gRPC status: the server has no such call. */
const UNIMPLEMENTED = 12;
