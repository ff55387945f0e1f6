type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Why the browser does not send what a control holds, in our words and French whatever the browser’s own; the first such
 * control of its form takes the focus. For `oninvalid`.
 */
export function unfit(event: Event & { currentTarget: Control }, label: string): string {
  event.preventDefault();
  const control = event.currentTarget;
  if (control.form?.querySelector(':invalid:not(fieldset)') === control) control.focus();
  const { validity } = control;
  if (validity.valueMissing && control.type === 'radio') return `« ${label} » : une réponse est à choisir.`;
  if (validity.valueMissing) return `« ${label} » est ${control.tagName === 'SELECT' ? 'à choisir' : 'à remplir'}.`;
  if (validity.typeMismatch && control instanceof HTMLInputElement && control.type === 'email') return 'L’adresse doit ressembler à prenom.nom@ac-nantes.fr.';
  if ((validity.rangeUnderflow || validity.rangeOverflow) && control instanceof HTMLInputElement) {
    const bounds = [control.min ? `au moins ${control.min}` : '', control.max ? `au plus ${control.max}` : ''].filter(Boolean);
    return `« ${label} » vaut ${bounds.join(' et ')}.`;
  }
  return `« ${label} » n’a pas la forme attendue.`;
}
