import { createRouter } from 'sv-router';
import { account } from './pages/account/routes';
import { admin } from './pages/admin/routes';
import { audit } from './pages/audit/routes';
import { guides } from './pages/guides/routes';
import { host } from './pages/host/routes';
import { operator } from './pages/operator/routes';
import { origin } from './pages/origin/routes';
import { open } from './pages/public/routes';
import { style } from './pages/style/routes';

/**
 * Every address of the portal. Areas: `/` what anyone reads, `/guides`, `/compte` one’s own, `/ecole/:uai` a school of origin,
 * `/hote/:slug/:uai` a host on a platform, `/plateforme-admin/:slug` its administrators, `/audit`, `/exploitation`, `/style` the kit.
 */
const router = createRouter({ ...open, ...guides, ...account, ...origin, ...host, ...admin, ...audit, ...operator, ...style } as never) as unknown as {
  navigate: (path: string, options: { replace?: boolean; scrollToTop?: false; search?: Record<string, string> }) => Promise<unknown>;
  route: { params: Record<string, string | undefined>; pathname: string };
};

/** Where one is. */
export const route = router.route;

/** Goes to an address, which may hold a query. */
export async function navigate(to: string, options: { replace?: boolean; scrollToTop?: false } = {}): Promise<void> {
  const [path = '/', query = ''] = to.split('?');
  await router.navigate(path, { ...options, search: Object.fromEntries(new URLSearchParams(query)) });
}
