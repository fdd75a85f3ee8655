/** Keeps one recorded history. @param name flow and what happens, e.g. `otp.expired` */
export type Save = (name: string, history: string) => Promise<void>;
