import type { Me } from './session.svelte';
import { ofAdmin, ofHost, ofSchool } from './paths';

/** A place where one works: a school’s, a host’s, a platform’s, the auditor’s, the operator’s. */
export interface Space {
  href: string;
  /** The first part of its pages’ addresses. */
  under: string;
  name: string;
  detail: string;
}

/** Every space of `me`, the one where most is done first. */
export function spacesOf(me: Me): Space[] {
  const hosts = me.memberships.flatMap((one) =>
    one.hostedPlatforms.map((platform) => ({
      href: ofHost(platform.slug, one.uai),
      under: ofHost(platform.slug, one.uai, ''),
      name: one.school?.name ?? one.uai,
      detail: `accueille sur ${platform.name}`,
    })),
  );
  const origins = me.memberships
    .filter((one) => one.role === 'MANAGER')
    .map((one) => ({ href: ofSchool(one.uai), under: ofSchool(one.uai), name: one.school?.name ?? one.uai, detail: 'réserve pour ses élèves' }));
  const offices = me.offices.flatMap((one) => {
    if (!one.platform) return [];
    const admin = one.role === 'ADMIN';
    const href = admin ? ofAdmin(one.platform.slug) : `/audit/${encodeURIComponent(one.platform.slug)}`;
    return [{ href, under: href, name: one.platform.name, detail: admin ? 'administration de la plateforme' : 'audit, lecture seule' }];
  });
  const service = me.operator ? [{ href: '/exploitation', under: '/exploitation', name: 'Escale', detail: 'exploitation du service' }] : [];
  return [...hosts, ...origins, ...offices, ...service];
}

/** Where one arrives after signing in. */
export function homeOf(me: Me | null): string {
  if (!me) return '/connexion';
  return spacesOf(me)[0]?.href ?? '/espaces';
}
