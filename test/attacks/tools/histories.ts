/** What the Temporal Service keeps of every flow, in clear: all that an operator, or a thief of its database, can read. */
import { Client, Connection } from '@temporalio/client';

export interface ReadFlow {
  workflowId: string;
  /** The whole history, memo and search attributes; payloads decoded. */
  text: string;
  /** Of the payloads alone. */
  payloads: string;
}

export class Histories {
  readonly #connection: Connection;
  readonly #client: Client;

  constructor(address: string) {
    this.#connection = Connection.lazy({ address });
    this.#client = new Client({ connection: this.#connection });
  }

  /** Every flow there is, or those of one query of the visibility API. */
  async read(query?: string): Promise<ReadFlow[]> {
    const flows: ReadFlow[] = [];
    for await (const { workflowId, runId } of this.#client.workflow.list(query === undefined ? {} : { query })) {
      const handle = this.#client.workflow.getHandle(workflowId, runId);
      const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
      const payloads: string[] = [];
      const text = JSON.stringify([history, description.raw], (_key, value: unknown) => readable(value, payloads));
      flows.push({ workflowId, text, payloads: payloads.join('\n') });
    }
    return flows;
  }

  /** How many runs a workflow id has had. */
  async runs(workflowId: string): Promise<number> {
    const { count } = await this.#client.workflow.count(`WorkflowId = '${workflowId}'`);
    return count;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

/** Bytes as the text they are; 64-bit numbers as strings. */
function readable(value: unknown, payloads: string[]): unknown {
  if (typeof value === 'bigint') return value.toString();
  const bytes = bytesOf(value);
  if (bytes === undefined) return value;
  const text = bytes.toString('utf8');
  payloads.push(text);
  return text;
}

/** JSON.stringify asks a Buffer for its `toJSON` before the replacer sees it. */
function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, data } = value as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]) : undefined;
}
