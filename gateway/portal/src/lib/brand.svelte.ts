/** Whose pages these are: the name in the tab’s title, and how much waits for the reader. */
class Brand {
  name = $state('Escale');
  waiting = $state(0);

  /** Takes a platform’s colour, from which the other brand roles follow; `null` is ours. */
  paint(colour: string | null | undefined): void {
    const style = document.documentElement.style;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    if (!colour || dark) {
      for (const role of ['--brand', '--brand-strong', '--brand-soft']) style.removeProperty(role);
      return;
    }
    style.setProperty('--brand', colour);
    style.setProperty('--brand-strong', `color-mix(in oklab, ${colour} 75%, black)`);
    style.setProperty('--brand-soft', `color-mix(in oklab, ${colour} 12%, white)`);
  }
}

export const brand = new Brand();
