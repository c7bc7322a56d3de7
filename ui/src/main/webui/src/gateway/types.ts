import type { Api } from '../api/document';

// What is sent may leave settings out, for which there are defaults; what is answered has them all.

/** A server that models run on. */
export type Backend = Omit<Api<'BackendView'>, 'settings'> & { settings: BackendSettings };

export type BackendSettings = Required<Api<'BackendSettings'>>;

/** What is kept to in the calls of a tenant, whose name it has. */
export type Guard = Omit<Api<'GuardView'>, 'settings'> & { settings: GuardSettings };

export type GuardSettings = Required<Api<'GuardSettings'>>;

/** A model that programs may name. */
export type Route = Omit<Api<'RouteView'>, 'settings'> & { settings: RouteSettings };

/** Times are in seconds. */
export type RouteSettings = Omit<
  Required<Api<'ModelSettings'>>,
  'targets' | 'semanticCache' | 'shadow' | 'forTexts'
> & {
  targets: RouteTarget[];
  semanticCache?: Required<Api<'SemanticCacheSettings'>> | null;
  shadow: { target: RouteTarget; share: number } | null;
};

export type RouteTarget = Omit<Api<'TargetSettings'>, 'backend' | 'price'> & {
  backend: string;
  price?: Required<Api<'Price'>> | null;
};
