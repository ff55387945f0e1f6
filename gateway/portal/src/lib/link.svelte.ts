/** Whether changes come by themselves. When not, pages ask every few seconds. */
class Link {
  live = $state(false);

  up(): void {
    this.live = true;
  }

  down(): void {
    this.live = false;
  }
}

export const link = new Link();
