/** Where work waits for the worker. Mail has a queue of its own, so that a slow mail server keeps nothing else from going on. */
export const taskQueues = { site: 'site', mail: 'mail' } as const;
