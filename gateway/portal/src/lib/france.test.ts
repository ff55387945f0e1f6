import { expect, it } from 'vitest';
import outlines from './departements.json';
import { holds, placed, whole } from './france';

const cities = { Brest: [-4.49, 48.39], Strasbourg: [7.75, 48.58], Lille: [3.06, 50.63], Perpignan: [2.89, 42.7], Ajaccio: [8.75, 41.93], Moulins: [3.33, 46.56], 'Basse-Terre': [-61.72, 16.02], 'Fort-de-France': [-61.04, 14.63], Cayenne: [-52.32, 4.91], 'Saint-Denis': [55.45, -20.9], Mamoudzou: [45.21, -12.79] } as const;

it('draws 101 départements, and each city stands in exactly one of them, on the drawing', () => {
  expect(outlines).toHaveLength(101);
  for (const [name, [longitude, latitude]] of Object.entries(cities)) {
    const at = placed(longitude, latitude);
    expect(at, name).toBeDefined();
    if (!at) continue;
    expect(at.x > 0 && at.x < whole.width && at.y > 0 && at.y < whole.height, `${name} ${at.x} ${at.y}`).toBe(true);
    // A city by the sea may fall off its simplified shore by less than a unit.
    const near = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3]].map(([x = 0, y = 0]) => outlines.filter((one) => holds(one, { x: at.x + x, y: at.y + y })).length);
    expect(near, name).toContain(1);
  }
});

it('places nothing that is not in France', () => {
  expect(placed(-73.6, 45.5)).toBeUndefined();
  expect(placed(139.7, 35.7)).toBeUndefined();
});
