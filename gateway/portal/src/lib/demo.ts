/** What a demonstration tells of itself; elsewhere `demo` is false and nobody is named. */
export interface Demo {
  demo: boolean;
  accounts: { who: string; login: string; password: string }[];
}

/** Asks the service whether it is a demonstration; nothing when it does not answer. */
export async function askDemo(): Promise<Demo | undefined> {
  return fetch('/demo.json').then((answer) => answer.json() as Promise<Demo>, () => undefined);
}
