import type { Recipe } from './types';

/** Recipes as a select shows them. */
export interface RecipeGroup {
  label: string;
  title: string;
  options: { value: string; label: string }[];
}

/** Names a recipe among all; a task has none of a name twice, but two tasks may. */
export const keyOf = ({ task, recipe }: Pick<Recipe, 'task' | 'recipe'>) => `${task} ${recipe}`;

/**
 * Recipes by task, in the order of their titles.
 *
 * @param title what people call a task
 */
export function choicesOf(recipes: Recipe[], title: (task: string) => string): RecipeGroup[] {
  const groups = new Map<string, RecipeGroup>();
  for (const one of recipes) {
    const group = groups.get(one.task) ?? { label: title(one.task), title: one.task, options: [] };
    group.options.push({ value: keyOf(one), label: one.recipe });
    groups.set(one.task, group);
  }
  return [...groups.values()].sort((a, b) => a.label.localeCompare(b.label));
}

/** Where data may come from. */
export type DataSource = 'send' | 'before' | 'operator';

/** The sources that there are for a recipe, the likeliest first. */
export function sourcesOf(recipe: Recipe | undefined, filesBefore: number): DataSource[] {
  return [
    ...(recipe?.hasData ? (['operator'] as const) : []),
    'send',
    ...(filesBefore > 0 ? (['before'] as const) : []),
  ];
}
