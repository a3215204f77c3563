import type {LatLngTuple} from "leaflet";

/** Coast lines: each ring begins with latitude and longitude, then differences, all in hundredths of a degree. */
export type Land = readonly (readonly number[])[];

/** The land as polygons of Leaflet: the world three times over, so that a map that is dragged around it never ends in water. */
export function landRings(land: Land): LatLngTuple[][][] {
  return [-360, 0, 360].flatMap((turn) =>
    land.map((ring) => {
      let [y, x] = [ring[0]!, ring[1]!];
      const points: LatLngTuple[] = [[y / 100, x / 100 + turn]];
      for (let i = 2; i < ring.length; i += 2) {
        y += ring[i]!;
        x += ring[i + 1]!;
        points.push([y / 100, x / 100 + turn]);
      }
      return [points];
    })
  );
}
