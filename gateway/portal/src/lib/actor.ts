/** Who did something, as an audit names them. */
interface Acted { who: string; account?: { login?: string | null; lastName?: string | null; firstName?: string | null } | null }

/** « L’établissement d’origine, BERTIN Sophie (ce.0491234A@ac-nantes.fr) »: the person only for those who may read it. */
export function actor({ who, account }: Acted): string {
  if (!account) return who;
  const name = [account.lastName?.toLocaleUpperCase('fr'), account.firstName].filter(Boolean).join(' ');
  return [who, [name, account.login && `(${account.login})`].filter(Boolean).join(' ')].filter(Boolean).join(', ');
}
