/** What was just done, told once at the foot of the screen and to screen readers. */
export interface Message {
  id: number;
  text: string;
  tone: 'ok' | 'refused' | 'info';
  /** « Annuler », where the domain allows it. */
  undo?: (() => void) | undefined;
}

class Messages {
  list = $state<Message[]>([]);
  private next = 1;

  tell(text: string, tone: Message['tone'] = 'ok', undo?: () => void): void {
    const id = this.next++;
    this.list = [...this.list.slice(-2), { id, text, tone, undo }];
    setTimeout(() => this.drop(id), undo ? 12_000 : 8_000);
  }

  drop(id: number): void {
    this.list = this.list.filter((one) => one.id !== id);
  }
}

export const messages = new Messages();
