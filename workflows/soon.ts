/** How a flow reads the rows that its next step hangs on. */
import { isCancellation } from '@temporalio/workflow';

/**
 * Asks within the running workflow task, as a local activity: a scheduled one costs the service three more writes and the worker another
 * workflow task (bench, orders). Where that fails, asks patiently.
 * @param stuck called before the patient try
 */
export async function soon<Activities, Answer>(
  quickly: Activities,
  patiently: Activities,
  ask: (activities: Activities) => Promise<Answer>,
  stuck: () => void = () => undefined,
): Promise<Answer> {
  try {
    return await ask(quickly);
  } catch (error) {
    if (isCancellation(error)) throw error;
    stuck();
    return ask(patiently);
  }
}
