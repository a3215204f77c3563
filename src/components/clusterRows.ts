import Supercluster, {type PointFeature} from "supercluster";
import {isNumbers, type Table} from "../lib/traffic/table.js";
import {trafficType} from "./palette.js";

/** Rows on the map, as they are filtered now. */
export interface MapRows {
  readonly table: Table;
  readonly score: Float64Array;
  readonly label: Float64Array | null;
}

/** One row, or several that are too near each other to be told apart at a zoom. */
export interface Cluster {
  /** Null for a single row, and for rows at the very same place, which no zoom tells apart. */
  id: number | null;
  latitude: number;
  longitude: number;
  rows: readonly number[];
}

/** The clusters of a table’s rows. */
export interface RowClusters {
  /** Longitude and latitude of each row that has a place. */
  readonly places: readonly (readonly [number, number])[];
  /** The clusters within west, south, east and north at a zoom. */
  within(box: [number, number, number, number], zoom: number): Cluster[];
  /** The zoom at which a cluster comes apart, at most 12. */
  zoomInto(id: number): number;
}

/** The placed rows of a table as clusters, for any part of the map and any zoom. */
export function clusterRows(table: Table): RowClusters {
  const {latitude, longitude} = table.columns;
  const index = new Supercluster<{row: number}>({radius: 52, maxZoom: 11, minPoints: 2});
  const points: PointFeature<{row: number}>[] = [];
  if (isNumbers(latitude) && isNumbers(longitude)) {
    for (let row = 0; row < table.rows; ++row) {
      if (Number.isNaN(latitude[row]!) || Number.isNaN(longitude[row]!)) continue;
      points.push({
        type: "Feature",
        properties: {row},
        geometry: {type: "Point", coordinates: [longitude[row]!, latitude[row]!]}
      });
    }
  }
  index.load(points);
  const members = new Map<number, number[]>();
  const rowsOf = (id: number): number[] => {
    let rows = members.get(id);
    if (rows === undefined) {
      rows = index.getLeaves(id, Number.POSITIVE_INFINITY).map(({properties}) => properties.row);
      members.set(id, rows);
    }
    return rows;
  };
  return {
    places: points.map(({geometry}) => geometry.coordinates as [number, number]),
    within(box, zoom) {
      const clusters: Cluster[] = [];
      const atPlace = new Map<string, number[]>();
      for (const {properties, geometry} of index.getClusters(box, zoom)) {
        const [longitude, latitude] = geometry.coordinates as [number, number];
        if ("cluster" in properties) {
          clusters.push({id: properties.cluster_id, latitude, longitude, rows: rowsOf(properties.cluster_id)});
          continue;
        }
        const place = `${latitude} ${longitude}`;
        const known = atPlace.get(place);
        if (known !== undefined) known.push(properties.row);
        else {
          const rows = [properties.row];
          atPlace.set(place, rows);
          clusters.push({id: null, latitude, longitude, rows});
        }
      }
      return clusters;
    },
    zoomInto: (id) => Math.min(12, index.getClusterExpansionZoom(id))
  };
}

/** What a marker says of its rows. */
export interface ClusterSummary {
  count: number;
  flagged: number;
  /** Rows by label: genuine, fake, unknown. */
  types: [number, number, number];
  highest: number;
}

/** Counts the given rows by verdict and label, and finds their highest score. */
export function summarize(members: readonly number[], {score, label}: MapRows, threshold: number): ClusterSummary {
  const summary: ClusterSummary = {count: members.length, flagged: 0, types: [0, 0, 0], highest: 0};
  for (const row of members) {
    if (score[row]! > threshold) summary.flagged++;
    if (score[row]! > summary.highest) summary.highest = score[row]!;
    summary.types[trafficType(label?.[row])]++;
  }
  return summary;
}
