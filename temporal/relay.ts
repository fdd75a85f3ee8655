/**
 * Delivers the outbox: starts flows and tells them facts, so that nothing committed is ever lost. Woken by NOTIFY, and each second
 * anyhow. The lines of one row go in order (the store gives only the first), those of different rows side by side.
 */
import { dueLines, listenForLines, markDelivered, putOff, type WaitingLine } from '../db/stores/outbox.ts';
import { crashPoint } from '../runtime/crash-points.ts';
import { logger, type Logger } from '../runtime/logger.ts';
import { callTemporal } from './client.ts';
import { doors } from './doors.ts';
import { onceForEver, startedOrClosed } from './start-policies.ts';

const CALL_MILLISECONDS = 5000;
const POLL_MILLISECONDS = 1000;
/** At a time; the last ones are kept for submissions, so that a heap of letters never holds one up. */
const LINES = 10;
const LINES_OF_OTHERS = 7;

export interface Relay {
  /** Takes up nothing new and waits for what is on its way. */
  stop: () => Promise<void>;
}

export function startRelay(): Relay {
  const log = logger('relay');
  const onTheWay = new Map<string, Promise<void>>();
  const bell = createBell(POLL_MILLISECONDS);
  const ear = createEar(bell.ring);
  let stopped = false;

  async function run(): Promise<void> {
    while (!stopped) {
      await ear.listen();
      await takeUp().catch((err: unknown) => log.error({ err }, 'the outbox can not be read'));
      await bell.wait();
    }
  }

  /** Lines that find no room stay due: the end of any line on its way rings the bell. */
  async function takeUp(): Promise<void> {
    if (onTheWay.size >= LINES) return;
    const due = await dueLines(LINES + onTheWay.size);
    for (const line of due.filter(({ id }) => !onTheWay.has(id))) {
      if (onTheWay.size >= (line.flow === 'application' ? LINES : LINES_OF_OTHERS)) continue;
      const work = deliverOrPutOff(line, log).finally(() => {
        onTheWay.delete(line.id);
        bell.ring();
      });
      onTheWay.set(line.id, work);
    }
  }

  const running = run();
  return {
    stop: async () => {
      stopped = true;
      bell.ring();
      await running;
      await Promise.all(onTheWay.values());
      await ear.close();
    },
  };
}

async function deliverOrPutOff(line: WaitingLine, log: Logger): Promise<void> {
  const { flow, rowId, event } = line;
  try {
    await deliver(line);
    crashPoint('relay.after-delivery');
    await markDelivered([line.id]);
  } catch (err) {
    log.warn({ err, flow, rowId, event, attempts: line.attempts }, 'put off');
    await putOff(line.id).catch(() => undefined);
  }
}

/** Starts or tells a flow. One that has closed needs neither: whatever the line says, its row tells the same. */
async function deliver({ flow, rowId, event, subjectId }: WaitingLine): Promise<void> {
  const { workflowType, startOptions, facts } = doors[flow];
  const options = { ...(await startOptions(rowId)), ...onceForEver };
  const signal = facts[event]?.name;
  if (event !== 'start' && signal === undefined) throw new Error(`${flow} knows no ${event}`);
  const signalArgs: unknown[] = subjectId === null ? [] : [subjectId];
  await callTemporal(CALL_MILLISECONDS, ({ workflow }) =>
    startedOrClosed(() =>
      signal === undefined
        ? workflow.start(workflowType, options)
        : workflow.signalWithStart(workflowType, { ...options, signal, signalArgs }),
    ),
  );
}

/** Wakes the loop: at once when rung, else after `milliseconds`. */
function createBell(milliseconds: number): { ring: () => void; wait: () => Promise<void> } {
  let rung = false;
  let wake: () => void = () => undefined;
  return {
    ring: () => {
      rung = true;
      wake();
    },
    wait: async () => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
}

/** Keeps a listening connection to the database; while there is none, polling alone goes on. */
function createEar(heard: () => void): { listen: () => Promise<void>; close: () => Promise<void> } {
  let stopListening: (() => Promise<void>) | undefined;
  return {
    listen: async () => {
      if (stopListening !== undefined) return;
      const lost = () => {
        stopListening = undefined;
      };
      stopListening = await listenForLines(heard, lost).catch(() => undefined);
    },
    close: async () => stopListening?.(),
  };
}
