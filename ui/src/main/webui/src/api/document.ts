import type { components } from '../../target/openapi';

/**
 * What the suite's OpenAPI document calls so. `npm run api` makes these types of openapi.json, which a test of the suite keeps as the suite
 * serves it.
 */
export type Api<Name extends keyof components['schemas']> = components['schemas'][Name];
