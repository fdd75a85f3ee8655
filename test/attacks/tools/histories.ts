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
      const text = JSON.stringify(readable([history, description.raw], payloads));
      flows.push({ workflowId, text, payloads: payloads.join('\n') });
    }
    return flows;
  }

  /** How many runs a workflow id has had. */
  async runs(workflowId: string): Promise<number> {
    const { count } = await this.#client.workflow.count(`WorkflowId = '${workflowId}'`);
    return count;
  }

  /** The ids of the flows that have not ended. */
  async running(): Promise<string[]> {
    const ids: string[] = [];
    const query = `ExecutionStatus = 'Running'`;
    for await (const { workflowId } of this.#client.workflow.list({ query })) ids.push(workflowId);
    return ids;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

/** A copy with bytes as the text they are. Message classes have a `toJSON` of their own, which would hide that text as base64. */
function readable(value: unknown, payloads: string[]): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value.toString() : value;
  if (value instanceof Uint8Array) {
    const text = Buffer.from(value).toString('utf8');
    payloads.push(text);
    return text;
  }
  if (Array.isArray(value)) return value.map((each) => readable(each, payloads));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner, payloads)]));
}
