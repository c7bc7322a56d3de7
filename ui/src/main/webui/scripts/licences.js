// Fails when an installed package has a licence that is not permissive.
import { readFileSync } from 'node:fs';

const PERMISSIVE = new Set(
  '0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC-BY-4.0 CC0-1.0 ISC MIT MIT-0 Python-2.0 Unlicense'.split(
    ' ',
  ),
);
/** Weak copyleft, tolerated in tools that never reach a user. */
const TOOLS_ONLY = new Map([['axe-core', 'MPL-2.0']]);

const root = new URL('..', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));

function permitted(licence) {
  const alternatives = licence.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((one) => one.split(' AND ').every((part) => PERMISSIVE.has(part)));
}

function licenceOf(path, entry) {
  if (entry.license) return entry.license;
  const { license, licenses } = JSON.parse(readFileSync(new URL(`${path}/package.json`, root), 'utf8'));
  return license?.type ?? license ?? licenses?.map((one) => one.type).join(' OR ') ?? 'none stated';
}

const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const refused = packages.flatMap(([path, entry]) => {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licence = licenceOf(path, entry);
  const tolerated = entry.dev && TOOLS_ONLY.get(name) === licence;
  return permitted(licence) || tolerated ? [] : [`${name}: ${licence}`];
});

if (refused.length > 0) {
  console.error(`Not a permissive licence:\n  ${refused.join('\n  ')}\nUse another package, or none.`);
  process.exit(1);
}
console.log(`${packages.length} packages, all under permissive licences`);
