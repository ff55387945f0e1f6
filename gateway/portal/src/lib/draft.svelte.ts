/**
 * What is being typed, kept in this tab until it was sent: it survives a reload, a step back, a refusal, a new sign-in.
 * `key` names the form and what it is about. Never for passwords.
 */
export class Draft<Value extends object> {
  value = $state() as Value;

  constructor(private readonly key: string, private readonly blank: () => Value) {
    this.value = this.kept() ?? blank();
    $effect(() => {
      sessionStorage.setItem(this.name, JSON.stringify(this.value));
    });
  }

  private get name(): string {
    return `escale.brouillon.${this.key}`;
  }

  private kept(): Value | undefined {
    try {
      const text = sessionStorage.getItem(this.name);
      return text ? { ...this.blank(), ...(JSON.parse(text) as Value) } : undefined;
    } catch {
      return undefined;
    }
  }

  /** It was sent. */
  clear(): void {
    this.value = this.blank();
    sessionStorage.removeItem(this.name);
  }
}

/** Forgets every draft of this tab: another person may sit down. */
export function forgetDrafts(): void {
  Object.keys(sessionStorage).filter((name) => name.startsWith('escale.brouillon.')).forEach((name) => sessionStorage.removeItem(name));
}
